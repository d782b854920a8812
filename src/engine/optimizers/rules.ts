/**
 * The optimizers' update rules, step for step Keras 3's. Each is written twice: over plain arrays, which
 * changes weights where they lie (WebAssembly and CPU; one pass instead of ten kernels), and over tensors
 * for a GPU. Tests hold the two against each other and against Keras.
 */
import { add, div, mul, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@/document';

export interface Rule {
  /** How many arrays of the weight's size the rule remembers, with the value each begins at. */
  slots: readonly number[];
  /** Changes `weight` and `slots` in place. @param step from 1 */
  inPlace(weight: Float32Array, gradient: Float32Array, slots: readonly Float32Array[], step: number): void;
  /** The new weight and the new slots. */
  byTensors(
    weight: Tensor,
    gradient: Tensor,
    slots: readonly Tensor[],
    step: number,
  ): { weight: Tensor; slots: Tensor[] };
}

type Settings<T extends Optimizer['type']> = Extract<Optimizer, { type: T }>;

/** v ← m·v − lr·g; w ← w + v, or w + m·v − lr·g looking ahead (Nesterov 1983, as in Sutskever et al. 2013). */
function sgd({ learningRate: rate, momentum, nesterov }: Settings<'sgd'>): Rule {
  if (momentum === 0) {
    return {
      slots: [],
      inPlace(weight, gradient) {
        for (let at = 0; at < weight.length; at++)
          weight[at] = (weight[at] as number) - rate * (gradient[at] as number);
      },
      byTensors: (weight, gradient) => ({ weight: sub(weight, mul(gradient, rate)), slots: [] }),
    };
  }
  return {
    slots: [0],
    inPlace(weight, gradient, [velocity]) {
      if (!velocity) return;
      for (let at = 0; at < weight.length; at++) {
        const push = rate * (gradient[at] as number);
        const v = momentum * (velocity[at] as number) - push;
        velocity[at] = v;
        weight[at] = (weight[at] as number) + (nesterov ? momentum * v - push : v);
      }
    },
    byTensors(weight, gradient, [velocity]) {
      const push = mul(gradient, rate);
      const v = sub(mul(velocity as Tensor, momentum), push);
      const move = nesterov ? sub(mul(v, momentum), push) : v;
      return { weight: add(weight, move), slots: [v] };
    },
  };
}

/** Kingma & Ba 2015, with ε outside the bias correction as Keras has it. */
function adam({ learningRate: rate, beta1, beta2, epsilon }: Settings<'adam'>): Rule {
  const corrected = (step: number): number => (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  return {
    slots: [0, 0],
    inPlace(weight, gradient, [mean, variance], step) {
      if (!mean || !variance) return;
      const alpha = corrected(step);
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const m = (mean[at] as number) + (g - (mean[at] as number)) * (1 - beta1);
        const v = (variance[at] as number) + (g * g - (variance[at] as number)) * (1 - beta2);
        mean[at] = m;
        variance[at] = v;
        weight[at] = (weight[at] as number) - (alpha * m) / (Math.sqrt(v) + epsilon);
      }
    },
    byTensors(weight, gradient, [mean, variance], step) {
      const m = add(mul(mean as Tensor, beta1), mul(gradient, 1 - beta1));
      const v = add(mul(variance as Tensor, beta2), mul(square(gradient), 1 - beta2));
      const move = div(mul(m, corrected(step)), add(sqrt(v), epsilon));
      return { weight: sub(weight, move), slots: [m, v] };
    },
  };
}

/** Tieleman & Hinton 2012; ε under the root and momentum after it, as Keras has them. */
function rmsprop({ learningRate: rate, rho, momentum, epsilon }: Settings<'rmsprop'>): Rule {
  return {
    slots: momentum > 0 ? [0, 0] : [0],
    inPlace(weight, gradient, [squares, velocity]) {
      if (!squares) return;
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const s = rho * (squares[at] as number) + (1 - rho) * g * g;
        squares[at] = s;
        let move = (rate * g) / Math.sqrt(s + epsilon);
        if (velocity) {
          move += momentum * (velocity[at] as number);
          velocity[at] = move;
        }
        weight[at] = (weight[at] as number) - move;
      }
    },
    byTensors(weight, gradient, [squares, velocity]) {
      const s = add(mul(squares as Tensor, rho), mul(square(gradient), 1 - rho));
      const push = div(mul(gradient, rate), sqrt(add(s, epsilon)));
      if (!velocity) return { weight: sub(weight, push), slots: [s] };
      const move = add(mul(velocity, momentum), push);
      return { weight: sub(weight, move), slots: [s, move] };
    },
  };
}

/** Duchi, Hazan & Singer 2011; ε under the root as Keras has it. */
function adagrad({ learningRate: rate, initialAccumulator, epsilon }: Settings<'adagrad'>): Rule {
  return {
    slots: [initialAccumulator],
    inPlace(weight, gradient, [squares]) {
      if (!squares) return;
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const s = (squares[at] as number) + g * g;
        squares[at] = s;
        weight[at] = (weight[at] as number) - (rate * g) / Math.sqrt(s + epsilon);
      }
    },
    byTensors(weight, gradient, [squares]) {
      const s = add(squares as Tensor, square(gradient));
      return { weight: sub(weight, div(mul(gradient, rate), sqrt(add(s, epsilon)))), slots: [s] };
    },
  };
}

export function ruleOf(optimizer: Optimizer): Rule {
  switch (optimizer.type) {
    case 'sgd':
      return sgd(optimizer);
    case 'adam':
      return adam(optimizer);
    case 'rmsprop':
      return rmsprop(optimizer);
    case 'adagrad':
      return adagrad(optimizer);
  }
}
