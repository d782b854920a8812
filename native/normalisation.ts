/** Normalisation of each column (a channel over the batch) and of each row (a sample or step over its features). */
import { add, all, get, madd, mul, put, sub, total } from './vectors';

/** y = x·a + b with a and b of each column. A unit is a block of rows. */
export function scaleColumns(
  x: usize,
  a: usize,
  b: usize,
  y: usize,
  rows: i32,
  columns: i32,
  perUnit: i32,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const first = from * perUnit;
  const last = min(rows, to * perUnit);
  let at = (<usize>(first * columns)) << 2;
  for (let row = first; row < last; row++) {
    for (let j = 0; j < columns; ) {
      const whole = j + 4 <= columns;
      const column = (<usize>j) << 2;
      put(y + at, madd(get(x + at, whole), get(a + column, whole), get(b + column, whole)), whole);
      at += whole ? 16 : 4;
      j += whole ? 4 : 1;
    }
  }
}

/** dx = dy·a + x·b + c with a, b and c of each column. A unit is a block of rows. */
export function mixColumns(
  dy: usize,
  x: usize,
  a: usize,
  b: usize,
  c: usize,
  dx: usize,
  rows: i32,
  columns: i32,
  perUnit: i32,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const first = from * perUnit;
  const last = min(rows, to * perUnit);
  let at = (<usize>(first * columns)) << 2;
  for (let row = first; row < last; row++) {
    for (let j = 0; j < columns; ) {
      const whole = j + 4 <= columns;
      const column = (<usize>j) << 2;
      const shifted = madd(get(x + at, whole), get(b + column, whole), get(c + column, whole));
      put(dx + at, madd(get(dy + at, whole), get(a + column, whole), shifted), whole);
      at += whole ? 16 : 4;
      j += whole ? 4 : 1;
    }
  }
}

/** Numbers of one row from its j-th byte on, or as many ones or zeros where there is no such row. */
function along(weights: usize, j: usize, whole: bool, otherwise: f32): v128 {
  return weights === 0 ? all(otherwise) : get(weights + j, whole);
}

/**
 * x̂ = (x − mean)/√(variance + ε) of each row, and y = x̂·γ + β. A unit is a row.
 * @param gamma [columns]; 0 for none
 * @param beta [columns]; 0 for none
 * @param hat x̂, written
 * @param inverse [rows], 1/√(variance + ε), written
 */
export function standardiseRows(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  hat: usize,
  inverse: usize,
  columns: i32,
  epsilon: f32,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const length = (<usize>columns) << 2;
  for (let row = from; row < to; row++) {
    const at = <usize>row * length;
    let sums = all(0);
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      sums = add(sums, get(x + at + j, whole));
      j += whole ? 16 : 4;
    }
    const mean = total(sums) / <f32>columns;
    let squares = all(0);
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      const apart = sub(get(x + at + j, whole), whole ? all(mean) : f32x4.replace_lane(all(0), 0, mean));
      squares = madd(apart, apart, squares);
      put(hat + at + j, apart, whole);
      j += whole ? 16 : 4;
    }
    const scale = <f32>1 / sqrt<f32>(total(squares) / <f32>columns + epsilon);
    store<f32>(inverse + ((<usize>row) << 2), scale);
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      const normal = mul(get(hat + at + j, whole), all(scale));
      put(hat + at + j, normal, whole);
      put(y + at + j, madd(normal, along(gamma, j, whole, 1), along(beta, j, whole, 0)), whole);
      j += whole ? 16 : 4;
    }
  }
}

/** The gradient of that: dx = (d − mean(d) − x̂·mean(d·x̂))·inverse, d = dy·γ. A unit is a row. */
export function standardiseRowsBack(
  dy: usize,
  gamma: usize,
  hat: usize,
  inverse: usize,
  dx: usize,
  columns: i32,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const length = (<usize>columns) << 2;
  for (let row = from; row < to; row++) {
    const at = <usize>row * length;
    let plain = all(0);
    let weighed = all(0);
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      const d = mul(get(dy + at + j, whole), along(gamma, j, whole, 1));
      plain = add(plain, d);
      weighed = madd(d, get(hat + at + j, whole), weighed);
      j += whole ? 16 : 4;
    }
    const aside = all(total(plain) / <f32>columns);
    const beside = all(total(weighed) / <f32>columns);
    const scale = all(load<f32>(inverse + ((<usize>row) << 2)));
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      const d = mul(get(dy + at + j, whole), along(gamma, j, whole, 1));
      put(dx + at + j, mul(sub(sub(d, aside), mul(get(hat + at + j, whole), beside)), scale), whole);
      j += whole ? 16 : 4;
    }
  }
}
