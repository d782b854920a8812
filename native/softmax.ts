/** Softmax of each row of a matrix [rows, columns], and its gradient. A unit is a row. */
import { add, all, exp, get, larger, largestOf, madd, mul, put, sub, total } from './vectors';

export function softmax(x: usize, y: usize, columns: i32, from: i32, to: i32, _room: usize): void {
  const length = (<usize>columns) << 2;
  for (let row = from; row < to; row++) {
    const at = <usize>row * length;
    let most = all(-f32.MAX_VALUE);
    let j: usize = 0;
    for (; j + 16 <= length; j += 16) most = larger(most, v128.load(x + at + j));
    for (; j < length; j += 4) most = larger(most, v128.load32_splat(x + at + j));
    const largest = largestOf(most);
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
