/** Times one training step after another. */

/** Steps after the first three, which compile and fill caches. */
const MOST_STEPS = 60;
const FIRST = 3;
const MOST_TIME = 6000;

/** Makes a step, its loss read back. @returns the median in milliseconds. @throws Error where the loss is no number */
export async function medianOf(step: () => number | Promise<number>): Promise<number> {
  const times: number[] = [];
  const began = performance.now();
  for (let count = 0; count < MOST_STEPS + FIRST; count++) {
    const start = performance.now();
    const loss = await step();
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
    times.push(performance.now() - start);
    if (count >= FIRST + 1 && performance.now() - began > MOST_TIME) break;
  }
  const warm = times.slice(FIRST).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)] ?? Number.NaN;
}
