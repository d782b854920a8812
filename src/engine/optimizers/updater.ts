/** Applies an update rule to weights, keeping for each what the rule remembers. */
import { dispose, fill, keep, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@/document';
import { freshLike, valuesInPlace } from './memory';
import { ruleOf } from './rules';

export interface Updater {
  /**
   * One step for every weight that has a gradient, by variable name.
   * @param inPlace false forces the tensor form (for tests)
   */
  apply(variables: readonly Variable[], gradients: Readonly<Record<string, Tensor>>, inPlace?: boolean): void;
  dispose(): void;
}

export function createUpdater(optimizer: Optimizer): Updater {
  const rule = ruleOf(optimizer);
  const memory = new Map<string, Tensor[]>();
  let step = 0;

  const slotsOf = (variable: Variable): Tensor[] => {
    const known = memory.get(variable.name);
    if (known) return known;
    const slots = rule.slots.map((value) => keep(fill(variable.shape, value)));
    memory.set(variable.name, slots);
    return slots;
  };

  const update = (variable: Variable, gradient: Tensor, inPlace: boolean): void => {
    const slots = slotsOf(variable);
    // Before any view is taken: an allocation may move the memory.
    const fresh = inPlace ? freshLike(variable) : null;
    const before = inPlace ? valuesInPlace(variable) : null;
    const weight = fresh ? valuesInPlace(fresh) : before;
    const direction = before && valuesInPlace(gradient);
    if (before && weight && direction) {
      if (weight !== before) weight.set(before);
      const arrays = slots.map(valuesInPlace).filter((values) => values !== null);
      rule.inPlace(weight, direction, arrays, step);
      if (fresh) variable.assign(fresh);
      fresh?.dispose();
      return;
    }
    tidy(() => {
      const next = rule.byTensors(variable, gradient, slots, step);
      variable.assign(next.weight);
      memory.set(variable.name, next.slots.map(keep));
    });
    dispose(slots);
  };

  return {
    apply(variables, gradients, inPlace = true) {
      step += 1;
      for (const variable of variables) {
        const gradient = gradients[variable.name];
        if (gradient) update(variable, gradient, inPlace);
      }
    },
    dispose: () => {
      for (const slots of memory.values()) dispose(slots);
      memory.clear();
    },
  };
}
