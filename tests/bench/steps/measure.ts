/** Times one training step after another. */

/** Milliseconds for steps that compile and fill caches, and for those that count. */
const WARM_UP = 1500;
const MEASURED = 6000;
const MOST_STEPS = 60;
const FEWEST_STEPS = 2;

/** @param step gives its loss. @returns the median in milliseconds. @throws Error where the loss is no number */
export async function medianOf(step: () => Promise<number>): Promise<number> {
  const timed = async (): Promise<number> => {
    const start = performance.now();
    const loss = await step();
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
    return performance.now() - start;
  };
  const began = performance.now();
  do await timed();
  while (performance.now() - began < WARM_UP);
  const times: number[] = [];
  const counted = performance.now();
  while (times.length < FEWEST_STEPS || (times.length < MOST_STEPS && performance.now() - counted < MEASURED))
    times.push(await timed());
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? Number.NaN;
}
