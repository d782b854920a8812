/** A moving average of weights, which often predicts better than the last ones (Polyak & Juditsky 1992). */
import { dispose, keep, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { compute } from '../formula/compute';
import { add, mul } from '../formula/terms';

export interface Averages {
  /** Lets the average follow the weights; at the first call it is them. */
  follow(variables: readonly Variable[]): void;
  /** Exchanges weights and averages; a second call puts them back. */
  exchange(variables: readonly Variable[]): void;
  /** By variable name; the tensors stay here. */
  readonly memory: ReadonlyMap<string, Tensor>;
  /** Goes on from averages of before; takes the tensors over. */
  restore(averages: ReadonlyMap<string, Tensor>): void;
  dispose(): void;
}

export function createAverages(momentum: number): Averages {
  const averages = new Map<string, Tensor>();
  const put = (name: string, value: Tensor): void => {
    averages.get(name)?.dispose();
    averages.set(name, keep(value));
  };
  return {
    follow(variables) {
      for (const variable of variables) {
        const before = averages.get(variable.name);
        put(
          variable.name,
          before
            ? compute(add(mul(before, momentum), mul(variable, 1 - momentum)), variable.shape)
            : keepValues(variable),
        );
      }
    },
    exchange(variables) {
      for (const variable of variables) {
        const average = averages.get(variable.name);
        if (!average) continue;
        const live = keepValues(variable);
        variable.assign(average);
        put(variable.name, live);
      }
    },
    memory: averages,
    restore(given) {
      for (const [name, value] of given) put(name, value);
    },
    dispose: () => {
      dispose([...averages.values()]);
      averages.clear();
    },
  };
}

/** A tensor of its own with a variable's values: a clone would change with it where updates are made in place. */
const keepValues = (variable: Variable): Tensor => compute(add(variable, 0), variable.shape);
