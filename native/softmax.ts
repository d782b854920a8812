/** Softmax of each row of a matrix [rows, columns], and its gradient. A unit is a row. */
import { add, all, exp, get, madd, mul, put, sub, total } from './vectors';

export function softmax(x: usize, y: usize, columns: i32, from: i32, to: i32, _room: usize): void {
  const length = (<usize>columns) << 2;
  for (let row = from; row < to; row++) {
    const at = <usize>row * length;
    let largest = -f32.MAX_VALUE;
    for (let j: usize = 0; j < length; j += 4) largest = max(largest, load<f32>(x + at + j));
    let sums = all(0);
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      const value = exp(sub(get(x + at + j, whole), all(largest)));
      sums = add(sums, whole ? value : f32x4.replace_lane(all(0), 0, f32x4.extract_lane(value, 0)));
      put(y + at + j, value, whole);
      j += whole ? 16 : 4;
    }
    const scale = all(<f32>1 / total(sums));
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      put(y + at + j, mul(get(y + at + j, whole), scale), whole);
      j += whole ? 16 : 4;
    }
  }
}

/** dx = (dy − Σ dy·y)·y */
export function softmaxBack(dy: usize, y: usize, dx: usize, columns: i32, from: i32, to: i32, _room: usize): void {
  const length = (<usize>columns) << 2;
  for (let row = from; row < to; row++) {
    const at = <usize>row * length;
    let sums = all(0);
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      sums = madd(get(dy + at + j, whole), get(y + at + j, whole), sums);
      j += whole ? 16 : 4;
    }
    const shared = all(total(sums));
    for (let j: usize = 0; j < length; ) {
      const whole = j + 16 <= length;
      put(dx + at + j, mul(sub(get(dy + at + j, whole), shared), get(y + at + j, whole)), whole);
      j += whole ? 16 : 4;
    }
  }
}
