/** The optimizers' update rules, step for step Keras 3's. Tests hold both forms of each against Keras. */
import type { Optimizer } from '@/document';
import { adam, adamax, nadam } from './adam';
import { lion } from './lion';
import type { Rule } from './rule';
import { sgd } from './sgd';
import { adadelta, adagrad, rmsprop } from './squares';

export type { Moment, Rule } from './rule';

export function ruleOf(optimizer: Optimizer): Rule {
  switch (optimizer.type) {
    case 'sgd':
      return sgd(optimizer);
    case 'adam':
    case 'adamw':
      return adam(optimizer);
    case 'adamax':
      return adamax(optimizer);
    case 'nadam':
      return nadam(optimizer);
    case 'rmsprop':
      return rmsprop(optimizer);
    case 'adagrad':
      return adagrad(optimizer);
    case 'adadelta':
      return adadelta(optimizer);
    case 'lion':
      return lion(optimizer);
  }
}
