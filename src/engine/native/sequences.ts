/** Whole sequences through a recurrent layer, and back, by our own WebAssembly. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { unwritten } from '../memory';
import type { Native } from './module';

/** Samples of a unit: TOGETHER in native/sequences.ts. */
const TOGETHER = 8;

/** The cells, in the order in which native/sequences.ts numbers them. */
const CELLS = ['SimpleRNN', 'LSTM', 'GRU'] as const;

export interface NativeSequence {
  cell: (typeof CELLS)[number];
  batch: number;
  steps: number;
  units: number;
  width: number;
  keptRows: number;
  states: number;
  backwards: boolean;
  /** Indices into NATIVE_CURVES. */
  activation: number;
  gate: number;
  /** Whether it begins with states that are not zero. */
  begun: boolean;
  /** [H, W] */
  recurrent: TensorInfo;
  /** [N, T], float32 */
  marks: TensorInfo | null;
  /** [N], int32 */
  begins: TensorInfo;
  /** [N, H] */
  drop: TensorInfo | null;
}

interface Forward {
  /** [N, T, W] */
  x: TensorInfo;
  /** [W] each */
  bias: TensorInfo;
  recurrentBias: TensorInfo;
  /** [N, H] each, written over; the second is not used where there is one state. */
  state: TensorInfo;
  memory: TensorInfo;
  /** [N, T + S, H], written */
  packed: TensorInfo;
  /** [N, T, …], written; null where no gradient will be asked for */
  kept: TensorInfo | null;
}

interface Backward {
  dy: TensorInfo;
  packed: TensorInfo;
  kept: TensorInfo;
  /** [N, H] each: what it began with. */
  state: TensorInfo;
  memory: TensorInfo;
  /** [N, H] each: the gradients of the last states; then of the first. */
  dState: TensorInfo;
  dMemory: TensorInfo;
  /** [N, T, W] each, written; the same where they do not differ */
  dx: TensorInfo;
  dProducts: TensorInfo;
  /** [N, T, H], written */
  operands: TensorInfo;
}

const roomy = (columns: number): number => 8 * Math.ceil(columns / 8);

export function readForward(ours: Native, sequence: NativeSequence, run: Forward): void {
  const { units, width, keptRows } = sequence;
  const each = 128 + 4 * (TOGETHER * (roomy(width) + units) + keptRows * units);
  read(ours, 'readForward', sequence, run, each);
}

export function readBackward(ours: Native, sequence: NativeSequence, run: Backward): void {
  const { units, width } = sequence;
  const each = 128 + 4 * (units + TOGETHER * (width + roomy(units)));
  read(ours, 'readBackward', sequence, run, each);
}

function read(
  ours: Native,
  work: 'readForward' | 'readBackward',
  sequence: NativeSequence,
  run: Readonly<Partial<Record<keyof Forward | keyof Backward, TensorInfo | null>>>,
  each: number,
): void {
  const { batch, units, width, recurrent } = sequence;
  const turned = work === 'readBackward';
  const [depth, columns] = turned ? [width, units] : [units, width];
  const panels = unwritten([depth, roomy(columns)]);
  const at = (tensor: TensorInfo | null | undefined): number => (tensor ? ours.addressOf(tensor) : 0);
  const room = ours.room(4 * PLAN, each);
  const plan = room.address;
  ours.note(plan, [
    ...[CELLS.indexOf(sequence.cell), batch, sequence.steps, units, width, sequence.keptRows, sequence.states],
    ...[Number(sequence.backwards), sequence.activation, sequence.gate, Number(!!run.kept), Number(sequence.begun)],
    ...[run.x, run.bias, run.recurrentBias, panels, sequence.marks, sequence.begins, sequence.drop].map(at),
    ...[run.state, run.memory, run.packed, run.kept, run.dy, run.dState, run.dMemory].map(at),
    ...[run.dx, run.dProducts, run.operands].map(at),
  ]);
  const lay = [at(recurrent), at(panels), units, width, Number(turned)];
  ours.work('layRecurrent', roomy(columns) / 8, units * width, lay);
  ours.work(work, Math.ceil(batch / TOGETHER), batch * sequence.steps * units * width, [plan], room);
  panels.dispose();
}

/** Numbers of a plan. */
const PLAN = 29;
