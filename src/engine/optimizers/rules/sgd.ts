import { add, mul, sub, type Term } from '../../formula/terms';
import type { Rule, Settings } from './rule';

/** v ← m·v − lr·g; w ← w + v, or w + m·v − lr·g looking ahead (Nesterov 1983, as in Sutskever et al. 2013). */
export function sgd({ momentum, nesterov }: Settings<'sgd'>): Rule {
  return momentum === 0 ? plain : withMomentum(momentum, nesterov);
}

const plain: Rule = {
  slots: [],
  inPlace(weight, gradient, _slots, { rate }) {
    for (let at = 0; at < weight.length; at++) weight[at] = (weight[at] as number) - rate * (gradient[at] as number);
  },
  byFormulas: (weight, gradient, _slots, { rate }) => ({ weight: sub(weight, mul(gradient, rate)), slots: [] }),
};

const withMomentum = (momentum: number, nesterov: boolean): Rule => ({
  slots: [0],
  inPlace(weight, gradient, [velocity], { rate }) {
    if (!velocity) return;
    for (let at = 0; at < weight.length; at++) {
      const push = rate * (gradient[at] as number);
      const v = momentum * (velocity[at] as number) - push;
      velocity[at] = v;
      weight[at] = (weight[at] as number) + (nesterov ? momentum * v - push : v);
    }
  },
  byFormulas(weight, gradient, [velocity], { rate }) {
    const push = mul(gradient, rate);
    const v = sub(mul(velocity as Term, momentum), push);
    const move = nesterov ? sub(mul(v, momentum), push) : v;
    return { weight: add(weight, move), slots: [v] };
  },
});
