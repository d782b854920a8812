/**
 * A whole sequence as one operation with its own gradient, where values can be reached in memory: a step is one
 * matrix product and one loop over the gates, not a hundred operations.
 */
import { customGrad, engine, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { inReach, valuesOf } from '../../../memory';
import { native } from '../../../native/module';
import { backward } from './backward';
import { CELLS, type Cell, type CellName } from './cells';
import { curveOf } from './curves';
import { forward } from './forward';
import { nativeWay } from './native';
import { beginningsOf, type Plan } from './plan';

export interface Fused {
  cell: CellName;
  /** Keras's names. */
  activation: unknown;
  gate: unknown;
  backwards: boolean;
  /** [H, W] */
  recurrent: Tensor;
  /** [W], or [2, W] with one for the recurrent product; null for none */
  bias: Tensor | null;
}

export interface Beside {
  /** [N, T], 0 where a step is padding: there the state and the output stay what they were */
  marks: Tensor | null;
  /** [N, H], multiplies what is remembered; null for none */
  drop: Tensor | null;
  /** [N, H] each; null for zeros */
  first: readonly Tensor[] | null;
}

/** Whether this op can do it here. Gradients of gradients are left to the single operations. */
export const canFuse = ({ activation, gate }: Pick<Fused, 'activation' | 'gate'>): boolean =>
  inReach() && engine().state.gradientDepth <= 1 && curveOf(activation) !== null && curveOf(gate) !== null;

/**
 * @param x [N, T, W], the input by the kernel, in the order of time
 * @returns [N, T + S, H]: the outputs in the order of reading, then the S states after the last step
 * @throws Error where `canFuse` says no
 */
export function runSequence(x: Tensor, { marks, drop, first }: Beside, fused: Fused): Tensor {
  const { recurrent, bias } = fused;
  const kind = CELLS[fused.cell];
  const [batch = 1, steps = 1, width = 1] = x.shape;
  const activation = curveOf(fused.activation);
  const gate = curveOf(fused.gate);
  if (!activation || !gate) throw new Error('an activation has no curve');
  const real = marks && copyOf(marks);
  const plan: Plan = {
    kind,
    batch,
    steps,
    width,
    units: recurrent.shape[0] ?? 1,
    backwards: fused.backwards,
    marks: real,
    begins: beginningsOf(real, batch, steps, fused.backwards),
    drop: drop && copyOf(drop),
    biases: biasesOf(bias, width),
  };
  const cell: Cell = { units: plan.units, activation, gate };
  const keeps = engine().state.gradientDepth > 0;
  const inputs = [x, recurrent, ...(bias ? [bias] : []), ...(first ?? [])];
  const way = native() ? nativeWay(fused) : { forward, backward };
  const op = customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: Tensor[]) => void;
    const { packed, kept } = way.forward(plan, cell, x, recurrent, first, keeps);
    save([recurrent, packed, kept, ...(first ?? [])]);
    return {
      value: packed,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [matrix, outputs, steps, ...before] = saved as [Tensor, Tensor, Tensor, ...Tensor[]];
        return tidy(() => {
          const found = way.backward(plan, cell, dy, matrix, outputs, steps, before);
          return [found.x, found.recurrent, ...(bias ? [found.bias(bias.shape)] : []), ...(first ? found.first : [])];
        });
      },
    };
  });
  return op(...inputs);
}

const copyOf = (x: Tensor): Float32Array => valuesOf(x).slice();

function biasesOf(bias: Tensor | null, width: number): [Float32Array, Float32Array] {
  const values = bias ? copyOf(bias) : new Float32Array(width);
  return [values.slice(0, width), values.length > width ? values.slice(width) : new Float32Array(width)];
}
