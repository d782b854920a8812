/** Products of matrices by our own WebAssembly. */
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Native } from './module';

/** Rows at a time: HEIGHT in native/products.ts. */
const HEIGHT = 192;

/** Bytes for a tile and a panel: see native/tiles.ts. */
const ROOM = 128 + 4 * 256 * 8;

interface Turned {
  turnA?: boolean;
  turnB?: boolean;
}

/**
 * C = φ(A·B + b), for each pair of a batch.
 * @param a […, M, K], or […, K, M] where it is turned
 * @param b […, K, N], or […, N, K] where it is turned
 * @param c […, M, N], written
 * @param bias the address of a bias [N]; 0 for none
 * @param curve φ, an index into NATIVE_CURVES
 */
export function multiply(
  ours: Native,
  a: TensorInfo,
  b: TensorInfo,
  c: TensorInfo,
  { turnA = false, turnB = false }: Turned = {},
  bias = 0,
  curve = 0,
): void {
  const [m = 1, n = 1] = c.shape.slice(-2);
  const k = a.shape.at(turnA ? -2 : -1) ?? 1;
  const count = util.sizeFromShape(c.shape.slice(0, -2));
  const units = count * Math.ceil(m / HEIGHT) * Math.ceil(n / 8);
  const [x, y, z] = [a, b, c].map((tensor) => ours.addressOf(tensor)) as [number, number, number];
  const numbers = [x, y, z, m, k, n, Number(turnA), Number(turnB), bias, curve];
  ours.work('multiply', units, count * m * k * n, numbers, ours.room(0, ROOM));
}
