/** What is done to each row of a matrix, the last axis of a tensor, by our own WebAssembly. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Native } from './module';

const sizesOf = ({ shape }: TensorInfo): { rows: number; columns: number } => {
  const columns = shape.at(-1) ?? 1;
  return { rows: shape.slice(0, -1).reduce((a, b) => a * b, 1), columns };
};

export function softmax(ours: Native, x: TensorInfo, y: TensorInfo): void {
  const { rows, columns } = sizesOf(x);
  ours.work('softmax', rows, 4 * rows * columns, [ours.addressOf(x), ours.addressOf(y), columns]);
}

/** dx = (dy − Σ dy·y)·y */
export function softmaxBack(ours: Native, dy: TensorInfo, y: TensorInfo, dx: TensorInfo): void {
  const { rows, columns } = sizesOf(y);
  ours.work('softmaxBack', rows, rows * columns, [...[dy, y, dx].map((one) => ours.addressOf(one)), columns]);
}

const addressOr0 = (ours: Native, tensor: TensorInfo | null): number => (tensor ? ours.addressOf(tensor) : 0);

/** y = x̂·γ + β with x̂ = (x − mean)/√(variance + ε) of each row; x̂ and 1/√(variance + ε) are written, too. */
export function standardiseRows(
  ours: Native,
  x: TensorInfo,
  { gamma, beta }: { gamma: TensorInfo | null; beta: TensorInfo | null },
  epsilon: number,
  { y, hat, inverse }: Readonly<Record<'y' | 'hat' | 'inverse', TensorInfo>>,
): void {
  const { rows, columns } = sizesOf(x);
  const weights = [addressOr0(ours, gamma), addressOr0(ours, beta)];
  const results = [y, hat, inverse].map((one) => ours.addressOf(one));
  const numbers = [ours.addressOf(x), ...weights, ...results, columns, epsilon];
  ours.work('standardiseRows', rows, 2 * rows * columns, numbers);
}

/** dx = (d − mean(d) − x̂·mean(d·x̂))·inverse, d = dy·γ */
export function standardiseRowsBack(
  ours: Native,
  dy: TensorInfo,
  gamma: TensorInfo | null,
  { hat, inverse }: Readonly<Record<'hat' | 'inverse', TensorInfo>>,
  dx: TensorInfo,
): void {
  const { rows, columns } = sizesOf(dy);
  const rest = [hat, inverse, dx].map((one) => ours.addressOf(one));
  const numbers = [ours.addressOf(dy), addressOr0(ours, gamma), ...rest, columns];
  ours.work('standardiseRowsBack', rows, 2 * rows * columns, numbers);
}
