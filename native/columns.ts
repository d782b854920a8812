/**
 * Sums down the columns of a matrix [rows, columns]. A unit is a block of rows, which writes its sums, in double precision,
 * at its own place; they are added up afterwards, so that threads change nothing.
 */
import { add, all, get, madd, mul, sub } from './vectors';

/** Rows whose sum is taken in single precision. */
const TOGETHER = 32;

/** Adds four sums, or one, to those in double precision. */
function gather(to: usize, sums: v128, whole: bool): void {
  v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(sums)));
  if (!whole) return;
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(sums, sums, 2, 3, 2, 3));
  v128.store(to, f64x2.add(v128.load(to, 16), high), 16);
}

/** @param kind 0: Σ x; 1: Σ (x − m)² */
function down(x: usize, mean: usize, kind: i32, rows: i32, row: usize, whole: bool): v128 {
  let sums = all(0);
  if (kind === 0) {
    for (let at = 0; at < rows; at++) {
      sums = add(sums, get(x, whole));
      x += row;
    }
    return sums;
  }
  const centre = get(mean, whole);
  for (let at = 0; at < rows; at++) {
    const apart = sub(get(x, whole), centre);
    sums = madd(apart, apart, sums);
    x += row;
  }
  return sums;
}

/**
 * Σ x of each column, or Σ (x − m)².
 * @param mean [columns]; 0 for Σ x
 * @param perUnit rows of a unit
 * @param sums [units, columns + 2] in double precision
 */
export function columnSums(
  x: usize,
  mean: usize,
  rows: i32,
  columns: i32,
  perUnit: i32,
  sums: usize,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const row = (<usize>columns) << 2;
  const kind = mean === 0 ? 0 : 1;
  for (let unit = from; unit < to; unit++) {
    const mine = sums + ((<usize>(unit * (columns + 2))) << 3);
    memory.fill(mine, 0, (<usize>(columns + 2)) << 3);
    const last = min(rows, (unit + 1) * perUnit);
    for (let first = unit * perUnit; first < last; first += TOGETHER) {
      const count = min(TOGETHER, last - first);
      for (let j = 0; j < columns; ) {
        const whole = j + 4 <= columns;
        const at = (<usize>j) << 2;
        gather(mine + 2 * at, down(x + <usize>first * row + at, mean + at, kind, count, row, whole), whole);
        j += whole ? 4 : 1;
      }
    }
  }
}

/**
 * Σ dy and Σ dy·x̂ of each column, x̂ = (x − m)·s.
 * @param sums [units, 2, columns + 2] in double precision
 */
export function columnProducts(
  dy: usize,
  x: usize,
  mean: usize,
  scale: usize,
  rows: i32,
  columns: i32,
  perUnit: i32,
  sums: usize,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const row = (<usize>columns) << 2;
  const half = (<usize>(columns + 2)) << 3;
  for (let unit = from; unit < to; unit++) {
    const mine = sums + 2 * <usize>unit * half;
    memory.fill(mine, 0, 2 * half);
    const last = min(rows, (unit + 1) * perUnit);
    for (let first = unit * perUnit; first < last; first += TOGETHER) {
      const count = min(TOGETHER, last - first);
      for (let j = 0; j < columns; ) {
        const whole = j + 4 <= columns;
        const at = (<usize>j) << 2;
        const centre = get(mean + at, whole);
        let slope = dy + <usize>first * row + at;
        let value = x + <usize>first * row + at;
        let plain = all(0);
        let weighed = all(0);
        for (let step = 0; step < count; step++) {
          const d = get(slope, whole);
          plain = add(plain, d);
          weighed = madd(d, sub(get(value, whole), centre), weighed);
          slope += row;
          value += row;
        }
        gather(mine + 2 * at, plain, whole);
        gather(mine + half + 2 * at, mul(weighed, get(scale + at, whole)), whole);
        j += whole ? 4 : 1;
      }
    }
  }
}
