/** Updates of weights, in one pass over them. */
import { add, all, get, larger, mul, put, sub } from './vectors';

/**
 * What src/engine/optimizers/rules/adam.ts computes one by one.
 * @param largest for AMSGrad, else 0
 * @param alpha the learning rate with the bias correction
 */
export function adam(
  count: i32,
  weight: usize,
  gradient: usize,
  mean: usize,
  variance: usize,
  largest: usize,
  alpha: f32,
  forget1: f32,
  forget2: f32,
  epsilon: f32,
): void {
  for (let j = 0; j < count; ) {
    const whole = j + 4 <= count;
    const at = (<usize>j) << 2;
    const g = get(gradient + at, whole);
    const m = toward(get(mean + at, whole), g, forget1);
    let v = toward(get(variance + at, whole), mul(g, g), forget2);
    put(mean + at, m, whole);
    put(variance + at, v, whole);
    if (largest !== 0) {
      v = larger(v, get(largest + at, whole));
      put(largest + at, v, whole);
    }
    const move = f32x4.div(mul(all(alpha), m), add(f32x4.sqrt(v), all(epsilon)));
    put(weight + at, sub(get(weight + at, whole), move), whole);
    j += whole ? 4 : 1;
  }
}

function toward(old: v128, made: v128, part: f32): v128 {
  return add(old, mul(sub(made, old), all(part)));
}
