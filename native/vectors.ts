/** Four numbers at a time: reading, writing, and the functions that gates use. */

/** What the functions go by; the same order as in src/engine/native/module.ts. */
const LINEAR = 0;
const RELU = 1;
const SIGMOID = 2;
const TANH = 3;

/** Four numbers, or one where fewer than four are left. */
export function get(at: usize, whole: bool): v128 {
  return whole ? v128.load(at) : v128.load32_zero(at);
}

export function put(at: usize, values: v128, whole: bool): void {
  if (whole) v128.store(at, values);
  else v128.store32_lane(at, values, 0);
}

export function all(value: f32): v128 {
  return f32x4.splat(value);
}

export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

export function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** a·b + c, by one instruction where the machine has it: twice as fast, and rounded once. */
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : add(mul(a, b), c);
}

/** The sum of four numbers. */
export function total(x: v128): f32 {
  const pairs = add(x, v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The largest of four numbers. */
export function largestOf(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 2, 3));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** Numbers as bytes. */
export function bytes(numbers: i32): usize {
  return (<usize>numbers) << 2;
}

/** Four numbers, or as many of them as are left, and zeros. */
export function some(from: usize, left: i32): v128 {
  if (left >= 4) return v128.load(from);
  if (left <= 0) return all(0);
  let values = v128.load32_zero(from);
  if (left > 1) values = v128.load32_lane(from + 4, values, 1);
  if (left > 2) values = v128.load32_lane(from + 8, values, 2);
  return values;
}

export function putSome(to: usize, values: v128, left: i32): void {
  if (left >= 4) {
    v128.store(to, values);
    return;
  }
  if (left > 0) v128.store32_lane(to, values, 0);
  if (left > 1) v128.store32_lane(to, values, 1, 4);
  if (left > 2) v128.store32_lane(to, values, 2, 8);
}

/** Where b is larger, b, else a: one instruction, other than WebAssembly's own maximum. What is no number in a stays so. */
export function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}

export function smaller(a: v128, b: v128): v128 {
  return f32x4.pmin(a, b);
}

/** 1.5·2²³: added to a number, it leaves the nearest whole number in the lowest bits. */
const ROUNDER: f32 = 12582912;

/**
 * eˣ to about a digit of single precision: 2ⁿ times a polynomial on |r| ≤ ½ ln 2, after the Cephes library's expf.
 * Beyond ±87 it stays what it is there.
 */
export function exp(given: v128): v128 {
  const x = larger(smaller(given, all(87)), all(-87));
  const rounded = madd(x, all(<f32>Math.LOG2E), all(ROUNDER));
  const n = sub(rounded, all(ROUNDER));
  const r = madd(n, all(2.1219444e-4), madd(n, all(-0.693359375), x));
  let p = all(1.98756915e-4);
  p = madd(p, r, all(1.3981999507e-3));
  p = madd(p, r, all(8.3334519073e-3));
  p = madd(p, r, all(4.1665795894e-2));
  p = madd(p, r, all(1.6666665459e-1));
  p = madd(p, r, all(0.5));
  p = add(madd(mul(p, r), r, r), all(1));
  const power = i32x4.shl(i32x4.add(rounded, i32x4.splat(127)), 23);
  return mul(p, power);
}

function sigmoid(x: v128): v128 {
  return f32x4.div(all(1), add(all(1), exp(f32x4.neg(x))));
}

/** Near zero by a polynomial, where one less something near one would lose its digits. */
function tanh(x: v128): v128 {
  const z = mul(x, x);
  let p = all(-5.70498872745e-3);
  p = madd(p, z, all(2.06390887954e-2));
  p = madd(p, z, all(-5.37397155531e-2));
  p = madd(p, z, all(1.33314422036e-1));
  p = madd(p, z, all(-3.33332819422e-1));
  const near = madd(mul(p, z), x, x);
  const far = sub(all(1), f32x4.div(all(2), add(exp(add(x, x)), all(1))));
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(x), all(0.625)));
}

export function curve(kind: i32, x: v128): v128 {
  if (kind === SIGMOID) return sigmoid(x);
  if (kind === TANH) return tanh(x);
  if (kind === RELU) return larger(x, all(0));
  if (kind === LINEAR) return x;
  return larger(smaller(madd(x, all(1.0 / 6.0), all(0.5)), all(1)), all(0));
}

/** The derivative of a function where it has the value y. */
export function slope(kind: i32, y: v128): v128 {
  if (kind === SIGMOID) return mul(y, sub(all(1), y));
  if (kind === TANH) return sub(all(1), mul(y, y));
  if (kind === RELU) return v128.and(f32x4.gt(y, all(0)), all(1));
  if (kind === LINEAR) return all(1);
  const inside = v128.and(f32x4.gt(y, all(0)), f32x4.lt(y, all(1)));
  return v128.and(inside, all(1.0 / 6.0));
}
