/**
 * The losses, as scalars over a batch, each with the gradient written out where tfjs's own would vanish
 * or cost more. As in Keras 3, a loss has one value for each place of the prediction but its last axis, and
 * what is minimised is their mean.
 */
import {
  abs,
  add,
  cast,
  clipByValue,
  customGrad,
  div,
  exp,
  expandDims,
  gather,
  log,
  log1p,
  logSoftmax,
  max,
  maximum,
  mean,
  minimum,
  mul,
  neg,
  oneHot,
  pow,
  relu,
  reshape,
  sigmoid,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor1d,
} from '@tensorflow/tfjs-core';
import type { CompiledLoss } from '@/compiler';

/** How near probabilities come to 0 and 1, so that logarithms stay finite: Keras's epsilon. */
const TINY = 1e-7;

/**
 * A function of the prediction (given its target) with one value for each place, and its gradient by the
 * prediction. Both tensors are saved on the tape: anything else made in the forward pass is gone when the gradient
 * is asked for.
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
        return mul(expandDims(dy, -1), gradient(savedTarget, savedX));
      },
    };
  });
  return op(prediction);
}

const widthOf = (x: Tensor): number => x.shape.at(-1) ?? 1;

/** −Σ t·ln softmax(x). Its gradient is softmax(x)·Σt − t, never zero for a wrong answer. */
const softmaxCrossEntropy = (target: Tensor, logits: Tensor): Tensor =>
  withGradient(
    target,
    logits,
    (t, x) => neg(sum(mul(t, logSoftmax(x)), -1)),
    (t, x) => sub(mul(softmax(x), sum(t, -1, true)), t),
  );

/** −(t·ln σ(x) + (1 − t)·ln(1 − σ(x))) = max(x, 0) − x·t + ln(1 + e^−|x|), averaged over the last axis. */
const sigmoidCrossEntropy = (target: Tensor, logits: Tensor): Tensor =>
  withGradient(
    target,
    logits,
    (t, x) => mean(add(sub(maximum(x, 0), mul(x, t)), log1p(exp(neg(abs(x))))), -1),
    (t, x) => div(sub(sigmoid(x), t), widthOf(x)),
  );

/**
 * From probabilities, scaled to sum to one and kept from 0 and 1, as in Keras. There, a value at the
 * limit has no gradient and a network that is surely wrong never learns; here it has the limit's.
 */
const categoricalFromProbabilities = (target: Tensor, probabilities: Tensor): Tensor =>
  withGradient(
    target,
    probabilities,
    (t, p) => neg(sum(mul(t, log(within(div(p, total(p))))), -1)),
    (t, p) => sub(div(sum(t, -1, true), total(p)), div(t, maximum(p, TINY))),
  );

const binaryFromProbabilities = (target: Tensor, probabilities: Tensor): Tensor =>
  withGradient(
    target,
    probabilities,
    (t, p) => {
      const kept = within(p);
      return neg(mean(add(mul(t, log(kept)), mul(sub(1, t), log(sub(1, kept)))), -1));
    },
    (t, p) => {
      const kept = within(p);
      return div(div(sub(kept, t), mul(kept, sub(1, kept))), widthOf(p));
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
  const classes = widthOf(prediction);
  if (target.size === prediction.size) return reshape(cast(target, 'float32'), prediction.shape);
  const rows = oneHot(reshape(target, [target.size]) as Tensor1D, classes);
  return reshape(cast(rows, 'float32'), prediction.shape);
}

function smoothed(target: Tensor, amount: number, classes: number): Tensor {
  return amount === 0 ? target : add(mul(target, 1 - amount), amount / classes);
}

function crossEntropy({ params, logits }: CompiledLoss, t: Tensor, x: Tensor): Tensor {
  const smoothing = Number(params.labelSmoothing ?? 0);
  const focusing = Number(params.focusing ?? 0);
  const fromLogits = logits !== null || params.from === 'logits';
  if (params.mode === 'binary') {
    const soft = smoothed(t, smoothing, 2);
    if (focusing > 0) return binaryFocal(soft, x, focusing, fromLogits);
    return fromLogits ? sigmoidCrossEntropy(soft, x) : binaryFromProbabilities(soft, x);
  }
  const soft = smoothed(t, smoothing, widthOf(x));
  if (focusing > 0) return categoricalFocal(soft, x, focusing, fromLogits);
  return fromLogits ? softmaxCrossEntropy(soft, x) : categoricalFromProbabilities(soft, x);
}

/** Lin et al. 2017: each class's surprise, times (1 − p)^γ; from logits by logarithms, so nothing overflows. */
function categoricalFocal(t: Tensor, x: Tensor, gamma: number, fromLogits: boolean): Tensor {
  const logP = fromLogits ? logSoftmax(x) : log(within(div(x, total(x))));
  const rest = relu(sub(1, exp(logP)));
  return neg(sum(mul(mul(t, logP), power(rest, gamma)), -1));
}

function binaryFocal(t: Tensor, x: Tensor, gamma: number, fromLogits: boolean): Tensor {
  const p = fromLogits ? sigmoid(x) : within(x);
  const [yes, no] = fromLogits ? [neg(softplus(neg(x))), neg(softplus(x))] : [log(p), log(sub(1, p))];
  const right = add(mul(t, p), mul(sub(1, t), sub(1, p)));
  const surprise = neg(add(mul(t, yes), mul(sub(1, t), no)));
  return mean(mul(power(relu(sub(1, right)), gamma), surprise), -1);
}

/** x^γ for x ≥ 0, with a finite slope at 0 for γ below 1. */
const power = (x: Tensor, gamma: number): Tensor => pow(maximum(x, TINY), gamma);

/** Labels 0 and 1 become −1 and 1; what is −1 or 1 already stays. Decided label by label, as it changes nothing else. */
const signed = (t: Tensor): Tensor => sub(mul(maximum(t, 0), 2), 1);

const short = (t: Tensor, y: Tensor): Tensor => relu(sub(1, mul(signed(t), y)));

const unit = (x: Tensor): Tensor => div(x, sqrt(maximum(sum(square(x), -1, true), 1e-12)));

/** One value for each place of the prediction but its last axis; as Keras 3 defines each. */
const PLACES: Readonly<Record<string, (t: Tensor, y: Tensor, loss: CompiledLoss) => Tensor>> = {
  crossEntropy: (t, y, loss) => crossEntropy(loss, t, y),
  meanSquaredError: (t, y) => mean(square(sub(y, t)), -1),
  meanAbsoluteError: (t, y) => mean(abs(sub(y, t)), -1),
  meanAbsolutePercentageError: (t, y) => mul(mean(div(abs(sub(y, t)), maximum(abs(t), TINY)), -1), 100),
  meanSquaredLogarithmicError: (t, y) => mean(square(sub(log1p(maximum(y, TINY)), log1p(maximum(t, TINY)))), -1),
  huber: (t, y, { params }) => {
    const delta = Number(params.delta ?? 1);
    const size = abs(sub(y, t));
    const near = minimum(size, delta);
    return mean(add(mul(square(near), 0.5), mul(sub(size, near), delta)), -1);
  },
  logCosh: (t, y) => {
    const error = sub(y, t);
    return mean(sub(add(error, softplus(mul(error, -2))), Math.LN2), -1);
  },
  // A rate below zero has no likelihood; it is taken for zero, so that the loss stays a number.
  poisson: (t, y) => mean(sub(y, mul(t, log(add(relu(y), TINY)))), -1),
  kullbackLeibler: (t, y) => {
    const wanted = clipByValue(t, TINY, 1);
    return sum(mul(wanted, sub(log(wanted), log(clipByValue(y, TINY, 1)))), -1);
  },
  cosineSimilarity: (t, y) => neg(sum(mul(unit(t), unit(y)), -1)),
  hinge: (t, y) => mean(short(t, y), -1),
  squaredHinge: (t, y) => mean(square(short(t, y)), -1),
  categoricalHinge: (t, y) => {
    const right = sum(mul(t, y), -1);
    const wrong = max(mul(sub(1, t), y), -1);
    return relu(add(sub(wrong, right), 1));
  },
};

/** How much each place counts by its class; null where all count alike. */
function classWeights({ params }: CompiledLoss, target: Tensor, wanted: Tensor): Tensor | null {
  const { classWeights: weights } = params;
  if (!Array.isArray(weights)) return null;
  const table = tensor1d(weights.map(Number));
  if (target.dtype === 'int32')
    return reshape(gather(table, reshape(target, [target.size])), wanted.shape.slice(0, -1));
  return sum(mul(wanted, table), -1);
}

/** How much the places of a prediction count; what is absent counts one. */
export interface Counting {
  /** Of each sample, or of each place: [N], [N, T], … */
  weights?: Tensor | null;
  /** 0 where a step is padding, [N, T]. */
  mask?: Tensor | null;
}

/** With axes of one at the end, so that it meets each place of a sample alike. */
const alongside = (x: Tensor, values: Tensor): Tensor =>
  reshape(cast(x, 'float32'), [...x.shape, ...new Array<number>(Math.max(0, values.rank - x.rank)).fill(1)]);

/**
 * The loss of a batch, a scalar: the mean over all places of what each is worth; of padding nothing counts, in the mean
 * neither. As Keras 3 reduces by `sum_over_batch_size`.
 * @param target class indices (int32) or values of the prediction's shape
 * @throws RangeError for a loss type this engine does not know
 */
export function lossOf(
  loss: CompiledLoss,
  target: Tensor,
  prediction: Tensor,
  { weights = null, mask = null }: Counting = {},
): Tensor {
  const places = PLACES[loss.type];
  if (!places) throw new RangeError(`unknown loss “${loss.type}”`);
  const wanted = likePrediction(target, prediction);
  let values = places(wanted, prediction, loss);
  const byClass = classWeights(loss, target, wanted);
  if (byClass) values = mul(values, byClass);
  if (weights) values = mul(values, alongside(weights, values));
  if (!mask) return mean(values);
  const real = alongside(mask, values);
  // A batch of padding alone has no loss.
  return div(mean(mul(values, real)), maximum(mean(real), 1 / (2 * real.size)));
}
