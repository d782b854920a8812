/** What training reports besides the loss, computed from predictions on the CPU: exact counts, no averages of averages. */
import type { CompiledLoss } from '@/compiler';

/** Whether right answers can be counted under this loss. */
export const isClassification = ({ type, target }: CompiledLoss): boolean =>
  type === 'crossEntropy' && 'field' in target;

/** Turns what the model put out for one sample into probabilities: one a class, two for yes or no. */
export function toProbabilities(loss: CompiledLoss, values: ArrayLike<number>): number[] {
  const raw = Array.from(values);
  const asLogits = loss.logits !== null || loss.params.from === 'logits';
  if (loss.params.mode === 'binary') {
    const [x = 0] = raw;
    const yes = asLogits ? 1 / (1 + Math.exp(-x)) : x;
    return [1 - yes, yes];
  }
  if (!asLogits || loss.type !== 'crossEntropy') return raw;
  const largest = Math.max(...raw);
  const powers = raw.map((x) => Math.exp(x - largest));
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}

/** The index of the largest value, the first where several are. */
export function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at;
  return best;
}

/** The class a sample is given, from raw outputs starting at `from`. */
export function predictedClass(loss: CompiledLoss, outputs: ArrayLike<number>, from: number, width: number): number {
  if (loss.params.mode === 'binary') {
    const threshold = loss.logits !== null || loss.params.from === 'logits' ? 0 : 0.5;
    return (outputs[from] ?? 0) > threshold ? 1 : 0;
  }
  let best = 0;
  for (let at = 1; at < width; at++) if ((outputs[from + at] ?? 0) > (outputs[from + best] ?? 0)) best = at;
  return best;
}
