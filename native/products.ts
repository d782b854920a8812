/** Products of many small matrices, for which XNNPACK's setting up would cost more than the product. */
import { add, all, mul } from './vectors';

/**
 * C = A·B for `count` pairs, one after the other in memory.
 * @param a [count, M, K], or [count, K, M] where it is turned
 * @param b [count, K, N], or [count, N, K] where it is turned
 * @param c [count, M, N]
 * @param room for K·⌈N/8⌉·8 numbers: B in order, its rows filled up with zeros
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
  const wide = (n + 7) & ~7;
  const aRow = (<usize>(turnA ? 1 : k)) << 2;
  const aStep = (<usize>(turnA ? m : 1)) << 2;
  for (let at = 0; at < count; at++) {
    lay(b, room, k, n, wide, turnB);
    let i = 0;
    for (; i + 4 <= m; i += 4)
      fourRows(a + <usize>i * aRow, aRow, aStep, room, c + ((<usize>(i * n)) << 2), k, n, wide);
    for (; i < m; i++) oneRow(a + <usize>i * aRow, aStep, room, c + ((<usize>(i * n)) << 2), k, n, wide);
    a += (<usize>(m * k)) << 2;
    b += (<usize>(k * n)) << 2;
    c += (<usize>(m * n)) << 2;
  }
}

function lay(b: usize, room: usize, k: i32, n: i32, wide: i32, turn: bool): void {
  const bRow = (<usize>(turn ? 1 : n)) << 2;
  const bStep = (<usize>(turn ? k : 1)) << 2;
  for (let row = 0; row < k; row++) {
    const from = b + <usize>row * bRow;
    const to = room + ((<usize>(row * wide)) << 2);
    for (let j = 0; j < n; j++) store<f32>(to + ((<usize>j) << 2), load<f32>(from + <usize>j * bStep));
    for (let j = n; j < wide; j++) store<f32>(to + ((<usize>j) << 2), 0);
  }
}

/** Eight numbers of a row, as many of them as there are. */
function putEight(to: usize, low: v128, high: v128, left: i32): void {
  if (left >= 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  if (left >= 4) {
    v128.store(to, low);
    putFew(to + 16, high, left - 4);
  } else putFew(to, low, left);
}

function putFew(to: usize, values: v128, left: i32): void {
  if (left > 0) v128.store32_lane(to, values, 0);
  if (left > 1) v128.store32_lane(to, values, 1, 4);
  if (left > 2) v128.store32_lane(to, values, 2, 8);
}

function fourRows(a: usize, aRow: usize, aStep: usize, room: usize, c: usize, k: i32, n: i32, wide: i32): void {
  const cRow = (<usize>n) << 2;
  const roomRow = (<usize>wide) << 2;
  for (let j = 0; j < n; j += 8) {
    let low0 = all(0),
      low1 = all(0),
      low2 = all(0),
      low3 = all(0);
    let high0 = all(0),
      high1 = all(0),
      high2 = all(0),
      high3 = all(0);
    let from = a;
    let b = room + ((<usize>j) << 2);
    for (let step = 0; step < k; step++) {
      const low = v128.load(b);
      const high = v128.load(b, 16);
      const a0 = v128.load32_splat(from);
      const a1 = v128.load32_splat(from + aRow);
      const a2 = v128.load32_splat(from + 2 * aRow);
      const a3 = v128.load32_splat(from + 3 * aRow);
      low0 = add(low0, mul(a0, low));
      high0 = add(high0, mul(a0, high));
      low1 = add(low1, mul(a1, low));
      high1 = add(high1, mul(a1, high));
      low2 = add(low2, mul(a2, low));
      high2 = add(high2, mul(a2, high));
      low3 = add(low3, mul(a3, low));
      high3 = add(high3, mul(a3, high));
      from += aStep;
      b += roomRow;
    }
    const to = c + ((<usize>j) << 2);
    putEight(to, low0, high0, n - j);
    putEight(to + cRow, low1, high1, n - j);
    putEight(to + 2 * cRow, low2, high2, n - j);
    putEight(to + 3 * cRow, low3, high3, n - j);
  }
}

function oneRow(a: usize, aStep: usize, room: usize, c: usize, k: i32, n: i32, wide: i32): void {
  const roomRow = (<usize>wide) << 2;
  for (let j = 0; j < n; j += 8) {
    let low = all(0),
      high = all(0);
    let from = a;
    let b = room + ((<usize>j) << 2);
    for (let step = 0; step < k; step++) {
      const value = v128.load32_splat(from);
      low = add(low, mul(value, v128.load(b)));
      high = add(high, mul(value, v128.load(b, 16)));
      from += aStep;
      b += roomRow;
    }
    putEight(c + ((<usize>j) << 2), low, high, n - j);
  }
}
