/**
 * The losses, as scalars over a batch, each with the gradient written out where tfjs's own would vanish
 * or cost more.
 */
import {
  abs,
  add,
  cast,
  clipByValue,
  customGrad,
  div,
  exp,
  log,
  log1p,
  logSoftmax,
  maximum,
  mean,
  mul,
  neg,
  oneHot,
  reshape,
  sigmoid,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import type { CompiledLoss } from '@/compiler';

/** How near probabilities come to 0 and 1, so that logarithms stay finite: Keras's epsilon. */
const TINY = 1e-7;

/**
 * A function of the prediction (given its target) with its value and its gradient. Both tensors are saved on
 * the tape: anything else made in the forward pass is gone when the gradient is asked for.
 */
function withGradient(
  target: Tensor,
  prediction: Tensor,
  value: (t: Tensor, x: Tensor) => Tensor,
  gradient: (t: Tensor, x: Tensor) => Tensor,
): Tensor {
  const op = customGrad((...args) => {
    const [x, save] = args as unknown as [Tensor, (tensors: Tensor[]) => void];
    save([x, target]);
    return {
      value: value(target, x),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [savedX, savedTarget] = saved as [Tensor, Tensor];
        return mul(dy, gradient(savedTarget, savedX));
      },
    };
  });
  return op(prediction);
}

const rowsOf = (x: Tensor): number => x.size / (x.shape.at(-1) ?? 1);

/** −Σ t·ln softmax(x), averaged over all but the last axis. Its gradient is (softmax(x)·Σt − t)/n, never zero for a wrong answer. */
const softmaxCrossEntropy = (target: Tensor, logits: Tensor): Tensor =>
  withGradient(
    target,
    logits,
    (t, x) => div(neg(sum(mul(t, logSoftmax(x)))), rowsOf(x)),
    (t, x) => div(sub(mul(softmax(x), sum(t, -1, true)), t), rowsOf(x)),
  );

/** −(t·ln σ(x) + (1 − t)·ln(1 − σ(x))) = max(x, 0) − x·t + ln(1 + e^−|x|), averaged over all values. */
const sigmoidCrossEntropy = (target: Tensor, logits: Tensor): Tensor =>
  withGradient(
    target,
    logits,
    (t, x) => mean(add(sub(maximum(x, 0), mul(x, t)), log1p(exp(neg(abs(x)))))),
    (t, x) => div(sub(sigmoid(x), t), x.size),
  );

/**
 * From probabilities, scaled to sum to one and kept from 0 and 1, as in Keras. There, a value at the
 * limit has no gradient and a network that is surely wrong never learns; here it has the limit's.
 */
const categoricalFromProbabilities = (target: Tensor, probabilities: Tensor): Tensor =>
  withGradient(
    target,
    probabilities,
    (t, p) => div(neg(sum(mul(t, log(within(div(p, total(p))))))), rowsOf(p)),
    (t, p) => div(sub(div(sum(t, -1, true), total(p)), div(t, maximum(p, TINY))), rowsOf(p)),
  );

const binaryFromProbabilities = (target: Tensor, probabilities: Tensor): Tensor =>
  withGradient(
    target,
    probabilities,
    (t, p) => {
      const kept = within(p);
      return neg(mean(add(mul(t, log(kept)), mul(sub(1, t), log(sub(1, kept))))));
    },
    (t, p) => {
      const kept = within(p);
      return div(div(sub(kept, t), mul(kept, sub(1, kept))), p.size);
    },
  );

const total = (p: Tensor): Tensor => maximum(sum(p, -1, true), TINY);
const within = (p: Tensor): Tensor => clipByValue(p, TINY, 1 - TINY);

/**
 * A class index becomes a row with a one; anything else is taken as it is.
 * @param target [N, …] indices, or a tensor of the prediction's shape
 */
export function likePrediction(target: Tensor, prediction: Tensor): Tensor {
  if (target.dtype !== 'int32')
    return target.shape.length < prediction.shape.length ? reshape(target, prediction.shape) : target;
  const classes = prediction.shape.at(-1) ?? 1;
  if (target.size === prediction.size) return reshape(cast(target, 'float32'), prediction.shape);
  const rows = oneHot(reshape(target, [target.size]) as Tensor1D, classes);
  return reshape(cast(rows, 'float32'), prediction.shape);
}

function smoothed(target: Tensor, amount: number, classes: number): Tensor {
  return amount === 0 ? target : add(mul(target, 1 - amount), amount / classes);
}

/**
 * The loss of a batch, a scalar.
 * @param target class indices (int32) or values of the prediction's shape
 * @throws RangeError for a loss type this engine does not know
 */
export function lossOf({ type, params, logits }: CompiledLoss, target: Tensor, prediction: Tensor): Tensor {
  const wanted = likePrediction(target, prediction);
  if (type === 'meanSquaredError') return mean(square(sub(prediction, wanted)));
  if (type !== 'crossEntropy') throw new RangeError(`unknown loss “${type}”`);
  const smoothing = Number(params.labelSmoothing ?? 0);
  const fromLogits = logits !== null || params.from === 'logits';
  if (params.mode === 'binary') {
    const soft = smoothed(wanted, smoothing, 2);
    return fromLogits ? sigmoidCrossEntropy(soft, prediction) : binaryFromProbabilities(soft, prediction);
  }
  const soft = smoothed(wanted, smoothing, prediction.shape.at(-1) ?? 1);
  return fromLogits ? softmaxCrossEntropy(soft, prediction) : categoricalFromProbabilities(soft, prediction);
}
