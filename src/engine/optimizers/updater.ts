/** Applies an update rule to weights, keeping for each what the rule remembers. */
import { dispose, fill, keep, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { Optimizer } from '@/document';
import { compute } from '../formula/compute';
import { mul } from '../formula/terms';
import { valuesInPlace } from '../memory';
import { type Accumulator, createAccumulator, type Gathered } from './accumulate';
import { clipped } from './clip';
import type { Slots } from './kept';
import { type Moment, ruleOf } from './rules';

/** Gradients by variable name. */
export type Gradients = Readonly<Record<string, Tensor>>;

export interface Updater {
  /**
   * One step for every weight that has a gradient; disposes of the gradients. Where gradients are accumulated, most
   * steps only add them up.
   * @param scale of the learning rate at this moment
   * @param inPlace false forces the formulas (for tests)
   * @returns whether weights changed
   */
  apply(variables: readonly Variable[], gradients: Gradients, scale?: number, inPlace?: boolean): boolean;
  /** What is remembered; the tensors stay here. */
  readonly memory: { step: number; slots: Slots; gathered: Gathered | null };
  /** Goes on from what was remembered before; takes the tensors over. */
  restore(step: number, slots: ReadonlyMap<string, Tensor[]>, gathered: Gathered | null): void;
  dispose(): void;
}

export function createUpdater(optimizer: Optimizer): Updater {
  const rule = ruleOf(optimizer);
  const memory = new Map<string, Tensor[]>();
  const accumulator: Accumulator | null =
    optimizer.accumulate === undefined || optimizer.accumulate === 1 ? null : createAccumulator(optimizer.accumulate);
  let step = 0;

  const slotsOf = (variable: Variable): Tensor[] => {
    const known = memory.get(variable.name);
    if (known) return known;
    const slots = rule.slots.map((value) => keep(fill(variable.shape, value)));
    memory.set(variable.name, slots);
    return slots;
  };

  const update = (variable: Variable, gradient: Tensor, moment: Moment, inPlace: boolean): void => {
    const slots = slotsOf(variable);
    const decay = moment.rate * (optimizer.weightDecay ?? 0);
    const weight = inPlace ? valuesInPlace(variable) : null;
    const direction = weight && valuesInPlace(gradient);
    if (weight && direction) {
      if (decay > 0) for (let at = 0; at < weight.length; at++) weight[at] = (weight[at] as number) * (1 - decay);
      const arrays = slots.map(valuesInPlace).filter((values) => values !== null);
      rule.inPlace(weight, direction, arrays, moment);
      return;
    }
    tidy(() => {
      const shrunk = decay > 0 ? mul(variable, 1 - decay) : variable;
      const next = rule.byFormulas(shrunk, gradient, slots, moment);
      const remembered = next.slots.map((slot) => keep(compute(slot, variable.shape)));
      variable.assign(compute(next.weight, variable.shape));
      memory.set(variable.name, remembered);
    });
    dispose(slots);
  };

  return {
    apply(variables, given, scale = 1, inPlace = true) {
      const whole = accumulator ? accumulator.add(given) : given;
      if (!whole) return false;
      const gradients = clipped(optimizer, whole);
      step += 1;
      const moment = { step, rate: optimizer.learningRate * scale };
      for (const variable of variables) {
        const gradient = gradients[variable.name];
        if (gradient) update(variable, gradient, moment, inPlace);
      }
      dispose(Object.values(gradients));
      return true;
    },
    get memory() {
      return { step, slots: memory, gathered: accumulator?.gathered ?? null };
    },
    restore(before, slots, gathered) {
      for (const old of memory.values()) dispose(old);
      memory.clear();
      for (const [name, tensors] of slots) memory.set(name, tensors.map(keep));
      if (gathered) accumulator?.restore(gathered);
      step = before;
    },
    dispose: () => {
      for (const slots of memory.values()) dispose(slots);
      memory.clear();
      accumulator?.dispose();
    },
  };
}
