/** Whole sequences through a recurrent layer, and back: what src/engine/layers/recurrent/fused computes step by step. */
import { gruBackward, gruForward, lstmBackward, lstmForward, simpleBackward, simpleForward } from './cells';
import { DEPTH, finishRows, fourRows, layPanel, layTurnedPanel, oneRow, PANEL_ROW, TILE } from './tiles';
import { bytes } from './vectors';

/** Samples of a unit; the same as in src/engine/native/sequences.ts. */
const TOGETHER = 8;

const SIMPLE = 0;
const LSTM = 1;

/** Written by src/engine/native/sequences.ts, in this order. Addresses are 0 for what there is not. */
@unmanaged
class Sequence {
  cell: i32;
  batch: i32;
  steps: i32;
  units: i32;
  /** Numbers of an input's or a product's row. */
  width: i32;
  /** Rows of `units` numbers kept of a step. */
  keptRows: i32;
  /** How many states there are: the output, and a memory beside it. */
  states: i32;
  backwards: i32;
  activation: i32;
  gate: i32;
  /** Whether what the gradient needs is kept. */
  keeps: i32;
  /** Whether it begins with states that are not zero. */
  begun: i32;
  /** [N, T, W] */
  x: usize;
  /** [W] each */
  bias: usize;
  recurrentBias: usize;
  /** The recurrent kernel in panels: [H, W] on the way there, [W, H] on the way back. */
  panels: usize;
  /** [N, T], 0 for padding. */
  marks: usize;
  /** [N], the first step that is not padding. */
  begins: usize;
  /** [N, H], multiplies what is remembered. */
  drop: usize;
  /** [N, H] each. On the way there the states, first and last; on the way back those it began with. */
  state: usize;
  memory: usize;
  /** [N, T + S, H]: the outputs, then the last states. */
  packed: usize;
  /** [N, T, …] */
  kept: usize;
  /** The gradient of `packed`. */
  dy: usize;
  /** [N, H] each: the gradients of the states. */
  dState: usize;
  dMemory: usize;
  /** [N, T, W] each: of the inputs, and of the recurrent products where these differ. */
  dx: usize;
  dProducts: usize;
  /** [N, T, H]: what the recurrent kernel was multiplied with. */
  operands: usize;
}

/** Lays the recurrent kernel [H, W] out in panels. A unit is a panel. @param turned for the way back */
export function layRecurrent(
  kernel: usize,
  panels: usize,
  units: i32,
  width: i32,
  turned: bool,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const depth = turned ? width : units;
  const columns = turned ? units : width;
  for (let j = 8 * from; j < min(columns, 8 * to); j += 8) {
    const panel = panels + bytes(j * depth);
    if (turned) layTurnedPanel(kernel + bytes(j * width), bytes(width), panel, depth, columns - j);
    else layPanel(kernel + bytes(j), bytes(width), panel, depth, columns - j);
  }
}

/** Rows [rows, depth] by panels, into rows of `cRow` bytes that have room for whole panels. */
function product(
  a: usize,
  rows: i32,
  depth: i32,
  panels: usize,
  columns: i32,
  c: usize,
  cRow: usize,
  tile: usize,
): void {
  for (let at = 0; at < depth; at += DEPTH) {
    const part = min(DEPTH, depth - at);
    for (let j = 0; j < columns; j += 8) {
      const panel = panels + bytes(j * depth) + <usize>at * PANEL_ROW;
      for (let i = 0; i < rows; ) {
        const height = i + 4 <= rows ? 4 : 1;
        const from = a + bytes(i * depth + at);
        const to = c + <usize>i * cRow + bytes(j);
        const into = at === 0 ? to : tile;
        const step = at === 0 ? cRow : PANEL_ROW;
        if (height === 4) fourRows(from, bytes(depth), 4, panel, part, into, step);
        else oneRow(from, 4, panel, part, into);
        if (at > 0) finishRows(tile, height, to, cRow, 8, true, 0, 0);
        i += height;
      }
    }
  }
}

function timeOf(s: Sequence, step: i32): i32 {
  return s.backwards ? s.steps - 1 - step : step;
}

/** Bytes of rows that have room for whole panels. */
function roomy(columns: i32): usize {
  return bytes((columns + 7) & ~7);
}

/** A unit is some samples, for all steps. */
export function readForward(plan: usize, from: i32, to: i32, room: usize): void {
  const s = changetype<Sequence>(plan);
  const row = bytes(s.units);
  const tile = room;
  const products = tile + TILE;
  const operands = products + TOGETHER * roomy(s.width);
  const notes = operands + TOGETHER * row;
  for (let unit = from; unit < to; unit++) {
    const first = unit * TOGETHER;
    const rows = min(TOGETHER, s.batch - first);
    for (let step = 0; step < s.steps; step++) {
      if (step > 0 || s.begun) {
        let seen = s.state + <usize>first * row;
        if (s.drop !== 0) {
          multiplyInto(operands, seen, s.drop + <usize>first * row, rows * s.units);
          seen = operands;
        }
        product(seen, rows, s.units, s.panels, s.width, products, roomy(s.width), tile);
      } else {
        memory.fill(products, 0, TOGETHER * roomy(s.width));
      }
      for (let i = 0; i < rows; i++) forwards(s, first + i, step, products + <usize>i * roomy(s.width), notes);
    }
    for (let i = first; i < first + rows; i++) {
      const last = s.packed + <usize>(i * (s.steps + s.states) + s.steps) * row;
      memory.copy(last, s.state + <usize>i * row, row);
      if (s.states > 1) memory.copy(last + row, s.memory + <usize>i * row, row);
    }
  }
}

function forwards(s: Sequence, sample: i32, step: i32, products: usize, notes: usize): void {
  const row = bytes(s.units);
  const place = sample * s.steps + timeOf(s, step);
  const state = s.state + <usize>sample * row;
  const remembered = s.memory + <usize>sample * row;
  const kept = s.keeps ? s.kept + <usize>(sample * s.steps + step) * <usize>s.keptRows * row : notes;
  if (s.marks === 0 || load<f32>(s.marks + bytes(place)) !== 0) {
    const x = s.x + bytes(place * s.width);
    if (s.cell === SIMPLE) {
      simpleForward(s.units, s.activation, s.gate, x, products, s.bias, s.recurrentBias, state, remembered, kept);
    } else if (s.cell === LSTM) {
      lstmForward(s.units, s.activation, s.gate, x, products, s.bias, s.recurrentBias, state, remembered, kept);
    } else {
      gruForward(s.units, s.activation, s.gate, x, products, s.bias, s.recurrentBias, state, remembered, kept);
    }
  } else if (s.states > 1) {
    memory.copy(kept + <usize>(s.keptRows - 1) * row, remembered, row);
  }
  const output = s.packed + <usize>(sample * (s.steps + s.states) + step) * row;
  if (step >= load<i32>(s.begins + bytes(sample))) memory.copy(output, state, row);
  else memory.fill(output, 0, row);
}

/** The same samples, from the last step to the first. */
export function readBackward(plan: usize, from: i32, to: i32, room: usize): void {
  const s = changetype<Sequence>(plan);
  const row = bytes(s.units);
  const wide = bytes(s.width);
  const tile = room;
  const before = tile + TILE;
  const dProduct = before + row;
  const added = dProduct + TOGETHER * wide;
  for (let unit = from; unit < to; unit++) {
    const first = unit * TOGETHER;
    const rows = min(TOGETHER, s.batch - first);
    for (let step = s.steps - 1; step >= 0; step--) {
      for (let i = 0; i < rows; i++) backwards(s, first + i, step, dProduct + <usize>i * wide, before);
      if (step === 0 && !s.begun) break;
      product(dProduct, rows, s.width, s.panels, s.units, added, roomy(s.units), tile);
      for (let i = 0; i < rows; i++) {
        const at = <usize>(first + i) * row;
        addInto(s.dState + at, added + <usize>i * roomy(s.units), s.drop === 0 ? 0 : s.drop + at, s.units);
      }
    }
  }
}

function backwards(s: Sequence, sample: i32, step: i32, dProduct: usize, before: usize): void {
  const row = bytes(s.units);
  const wide = bytes(s.width);
  const place = sample * s.steps + timeOf(s, step);
  const at = <usize>sample * row;
  const begins = load<i32>(s.begins + bytes(sample));
  const outputs = <usize>(sample * (s.steps + s.states) + step) * row;
  const dx = s.dx + <usize>place * wide;
  const operand = s.operands + <usize>place * row;
  if (step >= begins) addInto(s.dState + at, s.dy + outputs, 0, s.units);
  if (s.marks !== 0 && load<f32>(s.marks + bytes(place)) === 0) {
    memory.fill(dx, 0, wide);
    memory.fill(s.dProducts + <usize>place * wide, 0, wide);
    memory.fill(dProduct, 0, wide);
    memory.fill(operand, 0, row);
    return;
  }
  memory.copy(before, step > begins ? s.packed + outputs - row : s.state + at, row);
  if (s.drop === 0) memory.copy(operand, before, row);
  else multiplyInto(operand, before, s.drop + at, s.units);
  const kept = s.kept + <usize>(sample * s.steps + step) * <usize>s.keptRows * row;
  const memoryBefore = step > 0 ? kept - row : s.memory + at;
  const dState = s.dState + at;
  const dMemory = s.dMemory + at;
  if (s.cell === SIMPLE) {
    simpleBackward(s.units, s.activation, s.gate, kept, before, memoryBefore, dState, dMemory, dx, dProduct);
  } else if (s.cell === LSTM) {
    lstmBackward(s.units, s.activation, s.gate, kept, before, memoryBefore, dState, dMemory, dx, dProduct);
  } else {
    gruBackward(s.units, s.activation, s.gate, kept, before, memoryBefore, dState, dMemory, dx, dProduct);
  }
  if (s.dProducts !== s.dx) memory.copy(s.dProducts + <usize>place * wide, dProduct, wide);
}

function multiplyInto(to: usize, a: usize, b: usize, count: i32): void {
  for (let at: usize = 0; at < bytes(count); at += 4) store<f32>(to + at, load<f32>(a + at) * load<f32>(b + at));
}

/** @param factors 0 for none */
function addInto(to: usize, more: usize, factors: usize, count: i32): void {
  for (let at: usize = 0; at < bytes(count); at += 4) {
    const factor = factors === 0 ? <f32>1 : load<f32>(factors + at);
    store<f32>(to + at, load<f32>(to + at) + load<f32>(more + at) * factor);
  }
}
