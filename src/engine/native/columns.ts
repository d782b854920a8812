/** Sums down the columns of a matrix, and normalisation of each column, by our own WebAssembly. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Native } from './module';

/** Blocks of rows that may be summed beside each other, and rows that are worth a block of their own. */
const MOST_BLOCKS = 16;
const FEWEST_ROWS = 256;

/** A matrix [rows, columns], whatever the shape of the tensor that holds it. */
export interface Matrix {
  values: TensorInfo;
  rows: number;
  columns: number;
}

const perUnitOf = (rows: number): number => Math.max(FEWEST_ROWS, Math.ceil(rows / MOST_BLOCKS));

/**
 * Σ x of each column, or Σ (x − m)²; in double precision, so that the order of summing costs no digits.
 * @param mean m of each column, or null for Σ x
 * @param groups the rows are so many groups that are summed apart
 * @returns [groups, columns]
 */
export function columnSums(ours: Native, { values, rows, columns }: Matrix, mean: TensorInfo | null, groups = 1) {
  const perUnit = groups === 1 ? perUnitOf(rows) : rows / groups;
  const units = Math.ceil(rows / perUnit);
  const width = columns + 2;
  const { address: sums } = ours.room(8 * units * width);
  const from = ours.addressOf(values);
  const numbers = [from, mean ? ours.addressOf(mean) : 0, rows, columns, perUnit, sums];
  ours.work('columnSums', units, rows * columns, numbers);
  return together(ours.doubles(sums, units * width), units / groups, groups, width, columns);
}

/** Σ dy and Σ dy·(x − m)·s of each column. */
export function columnProducts(
  ours: Native,
  dy: Matrix,
  x: TensorInfo,
  mean: TensorInfo,
  scale: TensorInfo,
): [plain: Float64Array, weighed: Float64Array] {
  const { values, rows, columns } = dy;
  const perUnit = perUnitOf(rows);
  const units = Math.ceil(rows / perUnit);
  const width = columns + 2;
  const { address: sums } = ours.room(16 * units * width);
  const [a, b, c, d] = [values, x, mean, scale].map((one) => ours.addressOf(one)) as [number, number, number, number];
  ours.work('columnProducts', units, 2 * rows * columns, [a, b, c, d, rows, columns, perUnit, sums]);
  const found = ours.doubles(sums, 2 * units * width);
  const half = (at: number): Float64Array => {
    const added = new Float64Array(columns);
    for (let unit = 0; unit < units; unit++)
      for (let j = 0; j < columns; j++)
        added[j] = (added[j] as number) + (found[(2 * unit + at) * width + j] as number);
    return added;
  };
  return [half(0), half(1)];
}

/** Adds up what the units of each group found. */
function together(sums: Float64Array, units: number, groups: number, width: number, columns: number): Float64Array {
  const added = new Float64Array(groups * columns);
  for (let group = 0; group < groups; group++)
    for (let unit = 0; unit < units; unit++)
      for (let j = 0; j < columns; j++) {
        const at = group * columns + j;
        added[at] = (added[at] as number) + (sums[(group * units + unit) * width + j] as number);
      }
  return added;
}

/** Rows at a time for what is done to each number by itself. */
const rowsAtATime = (columns: number): number => Math.max(1, Math.ceil(4096 / columns));

/** y = x·a + b, with a and b of each column. */
export function scaleColumns(ours: Native, x: Matrix, a: TensorInfo, b: TensorInfo, y: TensorInfo): void {
  const { values, rows, columns } = x;
  const perUnit = rowsAtATime(columns);
  const places = [values, a, b, y].map((one) => ours.addressOf(one));
  ours.work('scaleColumns', Math.ceil(rows / perUnit), rows * columns, [...places, rows, columns, perUnit]);
}

/** dx = dy·a + x·b + c, with a, b and c of each column. */
export function mixColumns(
  ours: Native,
  dy: Matrix,
  x: TensorInfo,
  factors: readonly [a: TensorInfo, b: TensorInfo, c: TensorInfo],
  dx: TensorInfo,
): void {
  const { values, rows, columns } = dy;
  const perUnit = rowsAtATime(columns);
  const places = [values, x, ...factors, dx].map((one) => ours.addressOf(one));
  ours.work('mixColumns', Math.ceil(rows / perUnit), rows * columns, [...places, rows, columns, perUnit]);
}
