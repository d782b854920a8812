/** From what a network puts out to classes and probabilities, on the processor. */
import type { CompiledLoss } from '@/compiler';

/**
 * The loss whose answers are counted and shown: the first cross-entropy against a field, else a squared
 * error against one, which teaches classes too (one-hot). Whether the field has classes, the data tell.
 */
export const classifierOf = (losses: readonly CompiledLoss[]): CompiledLoss | null => {
  const judged = losses.filter(({ target }) => 'field' in target);
  return judged.find(({ type }) => type === 'crossEntropy') ?? judged[0] ?? null;
};

/** From where on an output of one value says yes; null where each class has a value of its own. */
export function thresholdOf({ params, logits }: CompiledLoss, width: number): number | null {
  if (params.mode !== 'binary' && width > 1) return null;
  return logits !== null || params.from === 'logits' ? 0 : 0.5;
}

/** Turns what the model put out for one sample into probabilities: one a class, two for yes or no. */
export function toProbabilities(loss: CompiledLoss, values: ArrayLike<number>): number[] {
  const raw = Array.from(values);
  const asLogits = loss.logits !== null || loss.params.from === 'logits';
  if (loss.type === 'crossEntropy' && thresholdOf(loss, raw.length) !== null) {
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

/** The class a sample is given, from raw outputs starting at `from`; the first where several are as likely. */
export function predictedClass(loss: CompiledLoss, outputs: ArrayLike<number>, from: number, width: number): number {
  const threshold = thresholdOf(loss, width);
  if (threshold !== null) return (outputs[from] ?? 0) > threshold ? 1 : 0;
  let best = 0;
  for (let at = 1; at < width; at++) if ((outputs[from + at] ?? 0) > (outputs[from + best] ?? 0)) best = at;
  return best;
}
