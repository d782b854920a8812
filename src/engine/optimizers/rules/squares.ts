import { add, div, maximum, mul, sqrt, square, sub, type Term } from '../../formula/terms';
import type { Rule, Settings } from './rule';

/**
 * Tieleman & Hinton 2012; ε under the root and momentum after it, as Keras has them. Centred (Graves 2013), the
 * square of the mean gradient is taken from the mean square.
 */
export function rmsprop({ rho, momentum, epsilon, centered }: Settings<'rmsprop'>): Rule {
  const first = centered ? 1 : 0;
  return {
    slots: Array.from({ length: 1 + first + (momentum > 0 ? 1 : 0) }, () => 0),
    inPlace(weight, gradient, slots, { rate }) {
      const [squares] = slots;
      const mean = centered ? slots[1] : undefined;
      const velocity = slots[1 + first];
      if (!squares) return;
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const s = rho * (squares[at] as number) + (1 - rho) * g * g;
        squares[at] = s;
        let spread = s;
        if (mean) {
          const m = rho * (mean[at] as number) + (1 - rho) * g;
          mean[at] = m;
          // Rounding may bring the difference below zero, where the root would be no number.
          spread = Math.max(0, s - m * m);
        }
        let move = (rate * g) / Math.sqrt(spread + epsilon);
        if (velocity) {
          move += momentum * (velocity[at] as number);
          velocity[at] = move;
        }
        weight[at] = (weight[at] as number) - move;
      }
    },
    byFormulas(weight, gradient, slots, { rate }) {
      const [squares] = slots;
      const velocity = slots[1 + first];
      const s = add(mul(squares as Term, rho), mul(square(gradient), 1 - rho));
      const m = centered ? add(mul(slots[1] as Term, rho), mul(gradient, 1 - rho)) : null;
      const spread = m ? maximum(sub(s, square(m)), 0) : s;
      const push = div(mul(gradient, rate), sqrt(add(spread, epsilon)));
      const kept = m ? [s, m] : [s];
      if (!velocity) return { weight: sub(weight, push), slots: kept };
      const move = add(mul(velocity, momentum), push);
      return { weight: sub(weight, move), slots: [...kept, move] };
    },
  };
}

/** Duchi, Hazan & Singer 2011; ε under the root as Keras has it. */
export function adagrad({ initialAccumulator, epsilon }: Settings<'adagrad'>): Rule {
  return {
    slots: [initialAccumulator],
    inPlace(weight, gradient, [squares], { rate }) {
      if (!squares) return;
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const s = (squares[at] as number) + g * g;
        squares[at] = s;
        weight[at] = (weight[at] as number) - (rate * g) / Math.sqrt(s + epsilon);
      }
    },
    byFormulas(weight, gradient, [squares], { rate }) {
      const s = add(squares as Term, square(gradient));
      return { weight: sub(weight, div(mul(gradient, rate), sqrt(add(s, epsilon)))), slots: [s] };
    },
  };
}

/** Zeiler 2012: steps in the weights' own unit, from the mean squares of gradients and of past steps. */
export function adadelta({ rho, epsilon }: Settings<'adadelta'>): Rule {
  return {
    slots: [0, 0],
    inPlace(weight, gradient, [squares, steps], { rate }) {
      if (!squares || !steps) return;
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const s = rho * (squares[at] as number) + (1 - rho) * g * g;
        const move = (Math.sqrt((steps[at] as number) + epsilon) * g) / Math.sqrt(s + epsilon);
        squares[at] = s;
        steps[at] = rho * (steps[at] as number) + (1 - rho) * move * move;
        weight[at] = (weight[at] as number) - rate * move;
      }
    },
    byFormulas(weight, gradient, [squares, steps], { rate }) {
      const s = add(mul(squares as Term, rho), mul(square(gradient), 1 - rho));
      const move = div(mul(sqrt(add(steps as Term, epsilon)), gradient), sqrt(add(s, epsilon)));
      const d = add(mul(steps as Term, rho), mul(square(move), 1 - rho));
      return { weight: sub(weight, mul(move, rate)), slots: [s, d] };
    },
  };
}
