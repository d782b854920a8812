import { add, mul, sign, sub, type Term } from '../../formula/terms';
import type { Rule, Settings } from './rule';

/** Chen et al. 2023: steps of one size, in the direction of a mean of gradients. */
export function lion({ beta1, beta2 }: Settings<'lion'>): Rule {
  return {
    slots: [0],
    inPlace(weight, gradient, [mean], { rate }) {
      if (!mean) return;
      for (let at = 0; at < weight.length; at++) {
        const [g, m] = [gradient[at] as number, mean[at] as number];
        weight[at] = (weight[at] as number) - rate * Math.sign(m * beta1 + g * (1 - beta1));
        mean[at] = m * beta2 + g * (1 - beta2);
      }
    },
    byFormulas(weight, gradient, [mean], { rate }) {
      const m = mean as Term;
      const way = sign(add(mul(m, beta1), mul(gradient, 1 - beta1)));
      return { weight: sub(weight, mul(way, rate)), slots: [add(mul(m, beta2), mul(gradient, 1 - beta2))] };
    },
  };
}
