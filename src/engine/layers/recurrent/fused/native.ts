/** The way there and the way back by our own WebAssembly, on which all samples go through all steps at once. */
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { curveOf } from '../../../fused/own';
import { unwritten, valuesOf, written } from '../../../memory';
import { needNative } from '../../../native/module';
import { type NativeSequence, readBackward, readForward } from '../../../native/sequences';
import { type backward, gradientsOf, lastRows } from './backward';
import type { CellName } from './cells';
import type { forward } from './forward';
import type { Plan } from './plan';

interface Fused {
  cell: CellName;
  activation: unknown;
  gate: unknown;
}

interface Way {
  forward: typeof forward;
  backward: typeof backward;
}

/** @param fused with functions that have a curve */
export const nativeWay = ({ cell, activation, gate }: Fused): Way => {
  const described = (plan: Plan, recurrent: Tensor, begun: boolean): NativeSequence => {
    const { kind, batch, steps, units, width, backwards, marks, begins, drop } = plan;
    return {
      ...{ cell, batch, steps, units, width, backwards, begun, recurrent },
      ...{ keptRows: kind.kept, states: kind.remembers ? 2 : 1, activation: curveOf(activation), gate: curveOf(gate) },
      marks: marks && tensor(marks, [batch, steps]),
      begins: tensor(Int32Array.from(begins), [batch], 'int32'),
      drop: drop && tensor(drop, [batch, units]),
    };
  };
  return {
    forward(plan, _cell, x, recurrent, first, keeps) {
      const { kind, batch, steps, units, width } = plan;
      const sequence = described(plan, recurrent, first !== null);
      const packed = unwritten([batch, steps + sequence.states, units]);
      const kept = unwritten(keeps ? [batch, steps, kind.kept * units] : [0]);
      const [state, memory] = beginning(first ?? [], batch, units);
      const [bias, recurrentBias] = plan.biases.map((values) => written(values, [width])) as [Tensor, Tensor];
      const run = { x, bias, recurrentBias, state, memory, packed, kept: keeps ? kept : null };
      readForward(needNative(), sequence, run);
      return { packed, kept };
    },
    backward(plan, _cell, dy, recurrent, packed, kept, first) {
      const { kind, batch, steps, units, width } = plan;
      const sequence = described(plan, recurrent, first.length > 0);
      const [state, memory] = beginning(first, batch, units);
      const last = (at: number): Tensor =>
        written(lastRows(dy, at < sequence.states ? steps + at : null), [batch * units]);
      const [dState, dMemory] = [last(0), last(1)];
      const dx = unwritten([batch, steps, width]);
      const dProducts = kind.apart ? unwritten([batch, steps, width]) : dx;
      const operands = unwritten([batch, steps, units]);
      const run = { dy, packed, kept, state, memory, dState, dMemory, dx, dProducts, operands };
      readBackward(needNative(), sequence, run);
      return gradientsOf(plan, { dx, dProducts, operands, states: [dState, dMemory].slice(0, first.length) });
    },
  };
};

/** Copies of the first states, which are written over; zeros for none. */
const beginning = (first: readonly Tensor[], batch: number, units: number): [state: Tensor, memory: Tensor] =>
  [0, 1].map((at) =>
    written(first[at] ? valuesOf(first[at]).slice() : new Float32Array(batch * units), [batch, units]),
  ) as [Tensor, Tensor];
