/**
 * Products of matrices as they lie in memory, turned or not. B is laid out anew in panels of eight columns, some rows
 * at a time; four rows of A meet a panel at once (Goto & van de Geijn 2008).
 */
import { add, all, mul } from './vectors';

/** Rows of B at a time, so that a panel stays in the nearest cache; the same as in src/engine/native/module.ts. */
const DEPTH = 256;

/** Rows of A at a time, which stay in the next one. */
const HEIGHT = 128;

/**
 * C = A·B for `count` pairs, one after the other.
 * @param a [count, M, K], or [count, K, M] where it is turned
 * @param b [count, K, N], or [count, N, K] where it is turned
 * @param c [count, M, N]
 * @param room for min(K, DEPTH)·⌈N/8⌉·8 numbers
 */
export function multiply(
  a: usize,
  b: usize,
  c: usize,
  room: usize,
  count: i32,
  m: i32,
  k: i32,
  n: i32,
  turnA: bool,
  turnB: bool,
): void {
  const aRow = bytes(turnA ? 1 : k);
  const aStep = bytes(turnA ? m : 1);
  for (let at = 0; at < count; at++) {
    for (let from = 0; from < k; from += DEPTH) {
      const depth = min(DEPTH, k - from);
      if (turnB) layTurned(b + bytes(from), room, depth, n, bytes(k));
      else lay(b + bytes(from * n), room, depth, n);
      for (let top = 0; top < m; top += HEIGHT) {
        const part = a + <usize>top * aRow + <usize>from * aStep;
        band(part, aRow, aStep, room, c + bytes(top * n), min(HEIGHT, m - top), depth, n, from > 0);
      }
    }
    a += bytes(m * k);
    b += bytes(k * n);
    c += bytes(m * n);
  }
}

function bytes(numbers: i32): usize {
  return (<usize>numbers) << 2;
}

/** All columns of some rows of C. */
function band(
  a: usize,
  aRow: usize,
  aStep: usize,
  room: usize,
  c: usize,
  rows: i32,
  depth: i32,
  n: i32,
  more: bool,
): void {
  const cRow = bytes(n);
  for (let j = 0; j < n; j += 8) {
    const panel = room + bytes(j * depth);
    let from = a;
    let to = c + bytes(j);
    let i = 0;
    for (; i + 4 <= rows; i += 4) {
      fourRows(from, aRow, aStep, panel, to, cRow, depth, n - j, more);
      from += 4 * aRow;
      to += 4 * cRow;
    }
    for (; i < rows; i++) {
      oneRow(from, aStep, panel, to, depth, n - j, more);
      from += aRow;
      to += cRow;
    }
  }
}

/** Into panels of [depth, 8], the last filled up with zeros. */
function lay(b: usize, room: usize, depth: i32, n: i32): void {
  for (let j = 0; j < n; j += 8) {
    let from = b + bytes(j);
    let to = room + bytes(j * depth);
    for (let row = 0; row < depth; row++) {
      v128.store(to, some(from, n - j));
      v128.store(to, some(from + 16, n - j - 4), 16);
      from += bytes(n);
      to += 32;
    }
  }
}

/** The same of a matrix whose columns lie `step` bytes apart, each in one piece. */
function layTurned(b: usize, room: usize, depth: i32, n: i32, step: usize): void {
  for (let j = 0; j < n; j += 4) {
    const from = b + <usize>j * step;
    const to = room + bytes((j & ~7) * depth + (j & 4));
    let row = 0;
    if (j + 4 <= n) {
      for (; row + 4 <= depth; row += 4) {
        const at = from + bytes(row);
        const w = v128.load(at);
        const x = v128.load(at + step);
        const y = v128.load(at + 2 * step);
        const z = v128.load(at + 3 * step);
        const wx = v128.shuffle<f32>(w, x, 0, 4, 1, 5);
        const yz = v128.shuffle<f32>(y, z, 0, 4, 1, 5);
        const wx2 = v128.shuffle<f32>(w, x, 2, 6, 3, 7);
        const yz2 = v128.shuffle<f32>(y, z, 2, 6, 3, 7);
        const place = to + bytes(8 * row);
        v128.store(place, v128.shuffle<f32>(wx, yz, 0, 1, 4, 5));
        v128.store(place, v128.shuffle<f32>(wx, yz, 2, 3, 6, 7), 32);
        v128.store(place, v128.shuffle<f32>(wx2, yz2, 0, 1, 4, 5), 64);
        v128.store(place, v128.shuffle<f32>(wx2, yz2, 2, 3, 6, 7), 96);
      }
    }
    for (; row < depth; row++) {
      const place = to + bytes(8 * row);
      for (let column = 0; column < 4; column++) {
        const to = place + bytes(column);
        if (j + column < n) store<f32>(to, load<f32>(from + <usize>column * step + bytes(row)));
        else store<f32>(to, 0);
      }
    }
  }
  // The second half of the last panel, where there is nothing for it.
  if (n % 8 > 0 && n % 8 <= 4) {
    const to = room + bytes((n & ~7) * depth + 4);
    for (let row = 0; row < depth; row++) v128.store(to + bytes(8 * row), all(0));
  }
}

/** Four numbers, or as many of them as are left, and zeros. */
function some(from: usize, left: i32): v128 {
  if (left >= 4) return v128.load(from);
  if (left <= 0) return all(0);
  let values = v128.load32_zero(from);
  if (left > 1) values = v128.load32_lane(from + 4, values, 1);
  if (left > 2) values = v128.load32_lane(from + 8, values, 2);
  return values;
}

function putSome(to: usize, values: v128, left: i32): void {
  if (left >= 4) {
    v128.store(to, values);
    return;
  }
  if (left > 0) v128.store32_lane(to, values, 0);
  if (left > 1) v128.store32_lane(to, values, 1, 4);
  if (left > 2) v128.store32_lane(to, values, 2, 8);
}

/** Eight numbers of a row of C, to which more is added where rows of B came before. */
function finish(to: usize, low: v128, high: v128, left: i32, more: bool): void {
  putSome(to, more ? add(some(to, left), low) : low, left);
  putSome(to + 16, more ? add(some(to + 16, left - 4), high) : high, left - 4);
}

function fourRows(
  a: usize,
  aRow: usize,
  aStep: usize,
  panel: usize,
  c: usize,
  cRow: usize,
  depth: i32,
  left: i32,
  more: bool,
): void {
  let low0 = all(0);
  let low1 = all(0);
  let low2 = all(0);
  let low3 = all(0);
  let high0 = all(0);
  let high1 = all(0);
  let high2 = all(0);
  let high3 = all(0);
  for (let step = 0; step < depth; step++) {
    const low = v128.load(panel);
    const high = v128.load(panel, 16);
    const a0 = v128.load32_splat(a);
    low0 = add(low0, mul(a0, low));
    high0 = add(high0, mul(a0, high));
    const a1 = v128.load32_splat(a + aRow);
    low1 = add(low1, mul(a1, low));
    high1 = add(high1, mul(a1, high));
    const a2 = v128.load32_splat(a + 2 * aRow);
    low2 = add(low2, mul(a2, low));
    high2 = add(high2, mul(a2, high));
    const a3 = v128.load32_splat(a + 3 * aRow);
    low3 = add(low3, mul(a3, low));
    high3 = add(high3, mul(a3, high));
    a += aStep;
    panel += 32;
  }
  finish(c, low0, high0, left, more);
  finish(c + cRow, low1, high1, left, more);
  finish(c + 2 * cRow, low2, high2, left, more);
  finish(c + 3 * cRow, low3, high3, left, more);
}

function oneRow(a: usize, aStep: usize, panel: usize, c: usize, depth: i32, left: i32, more: bool): void {
  let low = all(0);
  let high = all(0);
  for (let step = 0; step < depth; step++) {
    const value = v128.load32_splat(a);
    low = add(low, mul(value, v128.load(panel)));
    high = add(high, mul(value, v128.load(panel, 16)));
    a += aStep;
    panel += 32;
  }
  finish(c, low, high, left, more);
}
