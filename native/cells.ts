/**
 * A step of each recurrent cell for one sample, and its gradient: what src/engine/layers/recurrent/fused/cells.ts
 * computes one by one, and says what it means. All places are addresses; the rows of a place follow each other.
 */
import { add, all, curve, get, mul, put, slope, sub } from './vectors';

function sum(x: usize, product: usize, bias: usize, recurrentBias: usize, whole: bool): v128 {
  return add(add(get(x, whole), get(product, whole)), add(get(bias, whole), get(recurrentBias, whole)));
}

export function simpleForward(
  units: i32,
  activation: i32,
  _gate: i32,
  x: usize,
  product: usize,
  bias: usize,
  recurrentBias: usize,
  state: usize,
  _memory: usize,
  kept: usize,
): void {
  for (let j = 0; j < units; ) {
    const whole = j + 4 <= units;
    const at = (<usize>j) << 2;
    const h = curve(activation, sum(x + at, product + at, bias + at, recurrentBias + at, whole));
    put(kept + at, h, whole);
    put(state + at, h, whole);
    j += whole ? 4 : 1;
  }
}

export function simpleBackward(
  units: i32,
  activation: i32,
  _gate: i32,
  kept: usize,
  _before: usize,
  _memoryBefore: usize,
  state: usize,
  _memory: usize,
  x: usize,
  product: usize,
): void {
  for (let j = 0; j < units; ) {
    const whole = j + 4 <= units;
    const at = (<usize>j) << 2;
    const d = mul(get(state + at, whole), slope(activation, get(kept + at, whole)));
    put(x + at, d, whole);
    put(product + at, d, whole);
    put(state + at, all(0), whole);
    j += whole ? 4 : 1;
  }
}

export function lstmForward(
  units: i32,
  activation: i32,
  gate: i32,
  x: usize,
  product: usize,
  bias: usize,
  recurrentBias: usize,
  state: usize,
  memory: usize,
  kept: usize,
): void {
  const row = (<usize>units) << 2;
  for (let j = 0; j < units; ) {
    const whole = j + 4 <= units;
    const at = (<usize>j) << 2;
    const atF = at + row;
    const atG = atF + row;
    const atO = atG + row;
    const i = curve(gate, sum(x + at, product + at, bias + at, recurrentBias + at, whole));
    const f = curve(gate, sum(x + atF, product + atF, bias + atF, recurrentBias + atF, whole));
    const g = curve(activation, sum(x + atG, product + atG, bias + atG, recurrentBias + atG, whole));
    const o = curve(gate, sum(x + atO, product + atO, bias + atO, recurrentBias + atO, whole));
    const c = add(mul(f, get(memory + at, whole)), mul(i, g));
    const y = curve(activation, c);
    put(memory + at, c, whole);
    put(state + at, mul(o, y), whole);
    put(kept + at, i, whole);
    put(kept + atF, f, whole);
    put(kept + atG, g, whole);
    put(kept + atO, o, whole);
    put(kept + atO + row, y, whole);
    put(kept + atO + 2 * row, c, whole);
    j += whole ? 4 : 1;
  }
}

export function lstmBackward(
  units: i32,
  activation: i32,
  gate: i32,
  kept: usize,
  _before: usize,
  memoryBefore: usize,
  state: usize,
  memory: usize,
  x: usize,
  product: usize,
): void {
  const row = (<usize>units) << 2;
  for (let j = 0; j < units; ) {
    const whole = j + 4 <= units;
    const at = (<usize>j) << 2;
    const i = get(kept + at, whole);
    const f = get(kept + at + row, whole);
    const g = get(kept + at + 2 * row, whole);
    const o = get(kept + at + 3 * row, whole);
    const y = get(kept + at + 4 * row, whole);
    const dh = get(state + at, whole);
    const dc = add(get(memory + at, whole), mul(mul(dh, o), slope(activation, y)));
    const di = mul(mul(dc, g), slope(gate, i));
    const df = mul(mul(dc, get(memoryBefore + at, whole)), slope(gate, f));
    const dg = mul(mul(dc, i), slope(activation, g));
    const dO = mul(mul(dh, y), slope(gate, o));
    put(x + at, di, whole);
    put(x + at + row, df, whole);
    put(x + at + 2 * row, dg, whole);
    put(x + at + 3 * row, dO, whole);
    put(product + at, di, whole);
    put(product + at + row, df, whole);
    put(product + at + 2 * row, dg, whole);
    put(product + at + 3 * row, dO, whole);
    put(state + at, all(0), whole);
    put(memory + at, mul(dc, f), whole);
    j += whole ? 4 : 1;
  }
}

export function gruForward(
  units: i32,
  activation: i32,
  gate: i32,
  x: usize,
  product: usize,
  bias: usize,
  recurrentBias: usize,
  state: usize,
  _memory: usize,
  kept: usize,
): void {
  const row = (<usize>units) << 2;
  for (let j = 0; j < units; ) {
    const whole = j + 4 <= units;
    const at = (<usize>j) << 2;
    const atR = at + row;
    const atH = atR + row;
    const z = curve(gate, sum(x + at, product + at, bias + at, recurrentBias + at, whole));
    const r = curve(gate, sum(x + atR, product + atR, bias + atR, recurrentBias + atR, whole));
    const p = add(get(product + atH, whole), get(recurrentBias + atH, whole));
    const made = curve(activation, add(add(get(x + atH, whole), get(bias + atH, whole)), mul(r, p)));
    put(state + at, add(mul(z, sub(get(state + at, whole), made)), made), whole);
    put(kept + at, z, whole);
    put(kept + atR, r, whole);
    put(kept + atH, made, whole);
    put(kept + atH + row, p, whole);
    j += whole ? 4 : 1;
  }
}

export function gruBackward(
  units: i32,
  activation: i32,
  gate: i32,
  kept: usize,
  before: usize,
  _memoryBefore: usize,
  state: usize,
  _memory: usize,
  x: usize,
  product: usize,
): void {
  const row = (<usize>units) << 2;
  for (let j = 0; j < units; ) {
    const whole = j + 4 <= units;
    const at = (<usize>j) << 2;
    const z = get(kept + at, whole);
    const r = get(kept + at + row, whole);
    const made = get(kept + at + 2 * row, whole);
    const p = get(kept + at + 3 * row, whole);
    const dh = get(state + at, whole);
    const dz = mul(mul(dh, sub(get(before + at, whole), made)), slope(gate, z));
    const dMade = mul(mul(dh, sub(all(1), z)), slope(activation, made));
    const dr = mul(mul(dMade, p), slope(gate, r));
    put(x + at, dz, whole);
    put(x + at + row, dr, whole);
    put(x + at + 2 * row, dMade, whole);
    put(product + at, dz, whole);
    put(product + at + row, dr, whole);
    put(product + at + 2 * row, mul(dMade, r), whole);
    put(state + at, mul(dh, z), whole);
    j += whole ? 4 : 1;
  }
}
