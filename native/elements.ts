/** What is done to every number by itself. A unit is PER_UNIT numbers. */
import { all, curve, exp, get, madd, mul, put, slope, sub } from './vectors';

/** The same as in src/engine/native/elements.ts. */
const PER_UNIT = 4096;

/** y = φ(x) */
export function curves(x: usize, y: usize, kind: i32, count: i32, from: i32, to: i32, _room: usize): void {
  const end = min(count, to * PER_UNIT);
  for (let j = from * PER_UNIT; j < end; ) {
    const whole = j + 4 <= end;
    const at = (<usize>j) << 2;
    put(y + at, curve(kind, get(x + at, whole)), whole);
    j += whole ? 4 : 1;
  }
}

/** dx = dy·φ′, where φ is y */
export function slopes(dy: usize, y: usize, dx: usize, kind: i32, count: i32, from: i32, to: i32, _room: usize): void {
  const end = min(count, to * PER_UNIT);
  for (let j = from * PER_UNIT; j < end; ) {
    const whole = j + 4 <= end;
    const at = (<usize>j) << 2;
    put(dx + at, mul(get(dy + at, whole), slope(kind, get(y + at, whole))), whole);
    j += whole ? 4 : 1;
  }
}

/**
 * Φ(x), the normal distribution's share below x: Abramowitz & Stegun 1964, 7.1.26, for erf(x/√2) to 1.5·10⁻⁷.
 * @param bell e^(−x²/2)
 */
function below(x: v128, bell: v128): v128 {
  const z = mul(f32x4.abs(x), all(Math.SQRT1_2 as f32));
  const t = f32x4.div(all(1), madd(z, all(0.3275911), all(1)));
  let p = all(1.061405429);
  p = madd(p, t, all(-1.453152027));
  p = madd(p, t, all(1.421413741));
  p = madd(p, t, all(-0.284496736));
  p = madd(p, t, all(0.254829592));
  const rest = mul(mul(mul(p, t), bell), all(0.5));
  return v128.bitselect(rest, sub(all(1), rest), f32x4.lt(x, all(0)));
}

function bellOf(x: v128): v128 {
  return exp(mul(mul(x, x), all(-0.5)));
}

/** y = x·Φ(x) (Hendrycks & Gimpel 2016) */
export function gelu(x: usize, y: usize, count: i32, from: i32, to: i32, _room: usize): void {
  const end = min(count, to * PER_UNIT);
  for (let j = from * PER_UNIT; j < end; ) {
    const whole = j + 4 <= end;
    const at = (<usize>j) << 2;
    const value = get(x + at, whole);
    put(y + at, mul(value, below(value, bellOf(value))), whole);
    j += whole ? 4 : 1;
  }
}

/** dx = dy·(Φ(x) + x·φ(x)) */
export function geluBack(dy: usize, x: usize, dx: usize, count: i32, from: i32, to: i32, _room: usize): void {
  const end = min(count, to * PER_UNIT);
  for (let j = from * PER_UNIT; j < end; ) {
    const whole = j + 4 <= end;
    const at = (<usize>j) << 2;
    const value = get(x + at, whole);
    const bell = bellOf(value);
    const density = mul(bell, all(0.3989422804));
    put(dx + at, mul(get(dy + at, whole), madd(value, density, below(value, bell))), whole);
    j += whole ? 4 : 1;
  }
}

/** A number of 32 random bits for each place: Appleby's MurmurHash3 finalizer of a Weyl sequence; see src/engine/random.ts. */
function bits(place: i32, seed: i32): v128 {
  const places = i32x4.add(i32x4.splat(place), i32x4(0, 1, 2, 3));
  let h = i32x4.add(i32x4.mul(places, i32x4.splat(0x9e3779b9 as i32)), i32x4.splat(seed));
  h = v128.xor(h, i32x4.shr_u(h, 16));
  h = i32x4.mul(h, i32x4.splat(0x85ebca6b as i32));
  h = v128.xor(h, i32x4.shr_u(h, 13));
  h = i32x4.mul(h, i32x4.splat(0xc2b2ae35 as i32));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/**
 * y = x·scale, or 0 where the place's random bits are below a threshold (Srivastava et al. 2014).
 * @param threshold 24 bits
 */
export function drop(
  x: usize,
  y: usize,
  seed: i32,
  threshold: i32,
  scale: f32,
  count: i32,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const end = min(count, to * PER_UNIT);
  for (let j = from * PER_UNIT; j < end; ) {
    const whole = j + 4 <= end;
    const at = (<usize>j) << 2;
    const kept = i32x4.ge_s(i32x4.shr_u(bits(j, seed), 8), i32x4.splat(threshold));
    put(y + at, v128.and(kept, mul(get(x + at, whole), all(scale))), whole);
    j += whole ? 4 : 1;
  }
}
