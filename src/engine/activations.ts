/** The activation functions as tensor operations, by their Keras names. */
import {
  abs,
  add,
  cast,
  clipByValue,
  cumsum,
  div,
  elu,
  erf,
  exp,
  greater,
  leakyRelu,
  logSoftmax,
  max,
  mul,
  neg,
  range,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  split,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tanh,
  topk,
} from '@tensorflow/tfjs-core';
import { activationName } from './activationName';
import { canFuseCurves, fusedCurve, fusedGelu } from './fused/curves';
import { canFuse, curveOf } from './fused/own';
import { withGradient } from './gradients/own';

/** Keras 3's slope for `leaky_relu` given by name. */
const LEAK = 0.2;

/** Keras 3's threshold for `hard_shrink` and `soft_shrink` given by name. */
const SHRINK = 0.5;

/** Exact: x·½(1 + erf(x/√2)), as Keras's default and not its tanh approximation. */
const gelu = (x: Tensor): Tensor => (canFuse() ? fusedGelu(x) : mul(mul(x, 0.5), add(erf(mul(x, Math.SQRT1_2)), 1)));

const hardSigmoid = (x: Tensor): Tensor => clipByValue(add(div(x, 6), 0.5), 0, 1);

/** (x + √(x² + 4))/2, in a form that keeps its digits far below zero, where the two terms cancel. */
const squareplus = withGradient(
  (x) => {
    const root = sqrt(add(square(x), 4));
    const y = add(relu(x), div(2, add(root, abs(x))));
    return { y, kept: [y, root] };
  },
  (dy, [y, root]) => div(mul(dy, y), root),
);

/** A parabola between −1 and 1 that joins 0 and x smoothly. */
const sparsePlus = (x: Tensor): Tensor => add(mul(square(add(clipByValue(x, -1, 1), 1)), 0.25), relu(sub(x, 1)));

/** The first half of the last axis, let through as the second half says. */
function glu(x: Tensor): Tensor {
  const [signal, gate] = split(x, 2, x.rank - 1) as [Tensor, Tensor];
  return mul(signal, sigmoid(gate));
}

/**
 * The nearest point whose values are shares of 1 (Martins & Astudillo 2016, algorithm 1 and proposition 2).
 * Keras 3.15 takes another threshold by mistake (keras-team/keras#23425); later versions are as here.
 */
const sparsemax = withGradient(
  (x) => {
    const z = sub(x, max(x, -1, true));
    const size = z.shape.at(-1) ?? 1;
    const { values } = topk(z, size, true);
    // The largest so many, of which each stands out from the sum of those before it.
    const supported = cast(greater(add(mul(values, range(1, size + 1)), 1), cumsum(values, z.rank - 1)), 'float32');
    const threshold = div(sub(sum(mul(supported, values), -1, true), 1), sum(supported, -1, true));
    const y = relu(sub(z, threshold));
    return { y, kept: [y] };
  },
  (dy, [y]) => {
    const support = cast(greater(y, 0), 'float32');
    const mean = div(sum(mul(dy, support), -1, true), sum(support, -1, true));
    return mul(support, sub(dy, mean));
  },
);

const FUNCTIONS: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu: (x) => relu(x),
  leaky_relu: (x) => leakyRelu(x, LEAK),
  sigmoid: (x) => sigmoid(x),
  tanh: (x) => tanh(x),
  softmax: (x) => softmax(x),
  elu: (x) => elu(x),
  gelu,
  silu: (x) => mul(x, sigmoid(x)),
  selu: (x) => selu(x),
  mish: (x) => mul(x, tanh(softplus(x))),
  relu6: (x) => relu6(x),
  // Keras's own α is 1, which makes it an ELU.
  celu: (x) => elu(x),
  softplus: (x) => softplus(x),
  softsign: (x) => div(x, add(abs(x), 1)),
  squareplus,
  exponential: (x) => exp(x),
  hard_sigmoid: hardSigmoid,
  hard_silu: (x) => mul(x, hardSigmoid(x)),
  hard_tanh: (x) => clipByValue(x, -1, 1),
  hard_shrink: (x) => mul(x, cast(greater(abs(x), SHRINK), 'float32')),
  soft_shrink: (x) => sub(relu(sub(x, SHRINK)), relu(sub(mul(x, -1), SHRINK))),
  tanh_shrink: (x) => sub(x, tanh(x)),
  // tfjs's own keeps its input for the gradient without saying so, and finds it disposed of inside a layer.
  log_sigmoid: (x) => neg(softplus(neg(x))),
  log_softmax: (x) => logSoftmax(x),
  sparsemax,
  sparse_plus: sparsePlus,
  sparse_sigmoid: (x) => mul(add(clipByValue(x, -1, 1), 1), 0.5),
  glu,
};

/** @throws RangeError for an unknown name */
export function activationOf(name: unknown): (x: Tensor) => Tensor {
  const found = FUNCTIONS[activationName(name)];
  if (!found) throw new RangeError(`unknown activation “${String(name)}”`);
  const curve = curveOf(name);
  return curve <= 0 ? found : (x) => (canFuseCurves() ? fusedCurve(x, curve) : found(x));
}
