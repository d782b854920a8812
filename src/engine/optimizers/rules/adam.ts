import { abs, add, div, maximum, mul, sqrt, square, sub, type Term } from '../../formula/terms';
import { addressOf, native } from '../../native/module';
import type { Moment, Rule, Settings } from './rule';

/**
 * Kingma & Ba 2015, with ε outside the bias correction as Keras has it; AMSGrad (Reddi et al. 2018) divides by
 * the largest mean square so far. AdamW is the same rule: its decay is applied to every optimizer's weights alike.
 */
export function adam({ beta1, beta2, epsilon, amsgrad }: Settings<'adam'> | Settings<'adamw'>): Rule {
  const corrected = ({ step, rate }: Moment): number => (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  return {
    slots: amsgrad ? [0, 0, 0] : [0, 0],
    inPlace(weight, gradient, [mean, variance, largest], moment) {
      if (!mean || !variance) return;
      const alpha = corrected(moment);
      const ours = native()?.exports;
      if (ours) {
        const [w, g, m, v] = [weight, gradient, mean, variance].map((values) => addressOf(values)) as [
          number,
          number,
          number,
          number,
        ];
        const most = largest ? addressOf(largest) : 0;
        ours.adam(weight.length, w, g, m, v, most, alpha, 1 - beta1, 1 - beta2, epsilon);
        return;
      }
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const m = (mean[at] as number) + (g - (mean[at] as number)) * (1 - beta1);
        let v = (variance[at] as number) + (g * g - (variance[at] as number)) * (1 - beta2);
        mean[at] = m;
        variance[at] = v;
        if (largest) {
          v = Math.max(v, largest[at] as number);
          largest[at] = v;
        }
        weight[at] = (weight[at] as number) - (alpha * m) / (Math.sqrt(v) + epsilon);
      }
    },
    byFormulas(weight, gradient, [mean, variance, largest], moment) {
      const m = add(mul(mean as Term, beta1), mul(gradient, 1 - beta1));
      const v = add(mul(variance as Term, beta2), mul(square(gradient), 1 - beta2));
      const most = largest ? maximum(v, largest) : v;
      const move = div(mul(m, corrected(moment)), add(sqrt(most), epsilon));
      return { weight: sub(weight, move), slots: largest ? [m, v, most] : [m, v] };
    },
  };
}

/** Kingma & Ba 2015, section 7: the largest gradient, slowly forgotten, in place of the mean square. */
export function adamax({ beta1, beta2, epsilon }: Settings<'adamax'>): Rule {
  return {
    slots: [0, 0],
    inPlace(weight, gradient, [mean, norm], { step, rate }) {
      if (!mean || !norm) return;
      const alpha = rate / (1 - beta1 ** step);
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const m = (mean[at] as number) + (g - (mean[at] as number)) * (1 - beta1);
        const u = Math.max(beta2 * (norm[at] as number), Math.abs(g));
        mean[at] = m;
        norm[at] = u;
        weight[at] = (weight[at] as number) - (alpha * m) / (u + epsilon);
      }
    },
    byFormulas(weight, gradient, [mean, norm], { step, rate }) {
      const m = add(mul(mean as Term, beta1), mul(gradient, 1 - beta1));
      const u = maximum(mul(norm as Term, beta2), abs(gradient));
      const move = div(mul(m, rate / (1 - beta1 ** step)), add(u, epsilon));
      return { weight: sub(weight, move), slots: [m, u] };
    },
  };
}

/** How fast Nadam's momentum warms up: Dozat 2016, equation 2, as Keras has it. */
const WARM_UP = 0.96;

/** Dozat 2016: Adam that looks ahead, as Nesterov's momentum does. */
export function nadam({ beta1, beta2, epsilon }: Settings<'nadam'>): Rule {
  const momentumAt = (step: number): number => beta1 * (1 - 0.5 * WARM_UP ** step);
  /** The factors of the mean and of the gradient, and of the mean square, at a step. */
  const factors = (step: number) => {
    let product = 1;
    for (let at = 1; at <= step; at++) product *= momentumAt(at);
    const [now, next] = [momentumAt(step), momentumAt(step + 1)];
    return {
      ofMean: next / (1 - product * next),
      ofGradient: (1 - now) / (1 - product),
      ofSquares: 1 / (1 - beta2 ** step),
    };
  };
  return {
    slots: [0, 0],
    inPlace(weight, gradient, [mean, variance], { step, rate }) {
      if (!mean || !variance) return;
      const { ofMean, ofGradient, ofSquares } = factors(step);
      for (let at = 0; at < weight.length; at++) {
        const g = gradient[at] as number;
        const m = (mean[at] as number) + (g - (mean[at] as number)) * (1 - beta1);
        const v = (variance[at] as number) + (g * g - (variance[at] as number)) * (1 - beta2);
        mean[at] = m;
        variance[at] = v;
        const ahead = ofMean * m + ofGradient * g;
        weight[at] = (weight[at] as number) - (rate * ahead) / (Math.sqrt(v * ofSquares) + epsilon);
      }
    },
    byFormulas(weight, gradient, [mean, variance], { step, rate }) {
      const { ofMean, ofGradient, ofSquares } = factors(step);
      const m = add(mul(mean as Term, beta1), mul(gradient, 1 - beta1));
      const v = add(mul(variance as Term, beta2), mul(square(gradient), 1 - beta2));
      const ahead = add(mul(m, ofMean), mul(gradient, ofGradient));
      const move = div(mul(ahead, rate), add(sqrt(mul(v, ofSquares)), epsilon));
      return { weight: sub(weight, move), slots: [m, v] };
    },
  };
}
