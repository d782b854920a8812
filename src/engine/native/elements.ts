/** What is done to every number by itself, by our own WebAssembly. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Native } from './module';

/** Numbers of a unit: PER_UNIT in native/elements.ts. */
const PER_UNIT = 4096;

const unitsOf = ({ shape }: TensorInfo): [units: number, count: number] => {
  const count = util.sizeFromShape(shape);
  return [Math.ceil(count / PER_UNIT), count];
};

/** dx = dy·φ′ where φ is y. @param curve φ, an index into NATIVE_CURVES */
export function slopes(ours: Native, dy: TensorInfo, y: TensorInfo, dx: TensorInfo, curve: number): void {
  const [units, count] = unitsOf(y);
  ours.work('slopes', units, count, [...[dy, y, dx].map((one) => ours.addressOf(one)), curve, count]);
}

/** y = φ(x) */
export function curves(ours: Native, x: TensorInfo, y: TensorInfo, curve: number): void {
  const [units, count] = unitsOf(x);
  ours.work('curves', units, 4 * count, [ours.addressOf(x), ours.addressOf(y), curve, count]);
}

export function gelu(ours: Native, x: TensorInfo, y: TensorInfo): void {
  const [units, count] = unitsOf(x);
  ours.work('gelu', units, 8 * count, [ours.addressOf(x), ours.addressOf(y), count]);
}

export function geluBack(ours: Native, dy: TensorInfo, x: TensorInfo, dx: TensorInfo): void {
  const [units, count] = unitsOf(x);
  ours.work('geluBack', units, 8 * count, [...[dy, x, dx].map((one) => ours.addressOf(one)), count]);
}

/** y = x·scale where the place's random bits, 24 of them, are not below the threshold; else 0. */
export function drop(
  ours: Native,
  x: TensorInfo,
  y: TensorInfo,
  { seed, threshold, scale }: Readonly<Record<'seed' | 'threshold' | 'scale', number>>,
): void {
  const [units, count] = unitsOf(x);
  ours.work('drop', units, 2 * count, [ours.addressOf(x), ours.addressOf(y), seed, threshold, scale, count]);
}
