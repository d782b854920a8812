/** Batch normalisation along the last axis as one operation on WebAssembly, with scale and shift. */
import { customGrad, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { unwritten, valuesOf, written } from '../memory';
import { columnProducts, columnSums, type Matrix, mixColumns, scaleColumns } from '../native/columns';
import { needNative } from '../native/module';

export interface ColumnStatistics {
  /** [C] each */
  mean: Tensor;
  variance: Tensor;
}

const vector = (length: number, value: (at: number) => number): Tensor =>
  written(
    Float32Array.from({ length }, (_, at) => value(at)),
    [length],
  );

const at = (values: ArrayLike<number>, index: number): number => values[index] as number;

/**
 * y = γ·(x − μ)/√(σ² + ε) + β, with dx = γ/√(σ² + ε)·(dy − mean(dy) − x̂·mean(dy·x̂)) (Ioffe & Szegedy 2015). Only where
 * `canFuse`.
 * @param x […, C]
 * @param gamma [C]; null for ones
 * @param beta [C]; null for zeros
 * @param take sees the statistics, which are constants to it
 */
export function normaliseColumns(
  x: Tensor,
  gamma: Tensor | null,
  beta: Tensor | null,
  epsilon: number,
  take: (statistics: ColumnStatistics) => void,
): Tensor {
  const columns = x.shape.at(-1) ?? 1;
  const rows = x.size / columns;
  const matrix = (values: Tensor): Matrix => ({ values, rows, columns });
  const op = customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: Tensor[]) => void;
    const ours = needNative();
    const sums = columnSums(ours, matrix(x), null);
    const mean = vector(columns, (c) => at(sums, c) / rows);
    const squares = columnSums(ours, matrix(x), mean);
    const variance = vector(columns, (c) => at(squares, c) / rows);
    take({ mean, variance });
    const inverse = vector(columns, (c) => 1 / Math.sqrt(at(squares, c) / rows + epsilon));
    const [scale, shift] = scaleAndShift(gamma, beta, mean, inverse);
    const y = unwritten(x.shape);
    scaleColumns(ours, matrix(x), scale, shift, y);
    save([x, mean, inverse, ...(gamma ? [gamma] : [])]);
    const gradFunc = (dy: Tensor, [values, centre, deviation, weight]: Tensor[]): Tensor[] =>
      tidy(() => backwards(matrix(dy), values as Tensor, centre as Tensor, deviation as Tensor, weight ?? null, beta));
    return { value: y, gradFunc };
  });
  return op(x, ...(gamma ? [gamma] : []), ...(beta ? [beta] : []));
}

function scaleAndShift(gamma: Tensor | null, beta: Tensor | null, mean: Tensor, inverse: Tensor): [Tensor, Tensor] {
  const [g, b, m, s] = [gamma && valuesOf(gamma), beta && valuesOf(beta), valuesOf(mean), valuesOf(inverse)];
  const scale = Float32Array.from(s, (value, c) => value * (g ? at(g, c) : 1));
  const shift = Float32Array.from(scale, (value, c) => (b ? at(b, c) : 0) - value * at(m, c));
  return [written(scale, [scale.length]), written(shift, [shift.length])];
}

/** The gradients of x, γ and β. */
function backwards(
  dy: Matrix,
  x: Tensor,
  mean: Tensor,
  inverse: Tensor,
  gamma: Tensor | null,
  beta: Tensor | null,
): Tensor[] {
  const ours = needNative();
  const { rows, columns } = dy;
  const [plain, weighed] = columnProducts(ours, dy, x, mean, inverse);
  const [m, s, g] = [valuesOf(mean), valuesOf(inverse), gamma && valuesOf(gamma)].map((values) => values?.slice());
  const scale = (c: number): number => at(s as Float32Array, c) * (g ? at(g, c) : 1);
  // With x̂ = (x − m)·s written out, dx = a·dy + b·x + c.
  const slope = (c: number): number => (-scale(c) * at(s as Float32Array, c) * at(weighed, c)) / rows;
  const factors = [
    vector(columns, scale),
    vector(columns, slope),
    vector(columns, (c) => (-scale(c) * at(plain, c)) / rows - slope(c) * at(m as Float32Array, c)),
  ] as const;
  const dx = unwritten(x.shape);
  mixColumns(ours, dy, x, factors, dx);
  return [
    dx,
    ...(gamma ? [vector(columns, (c) => at(weighed, c))] : []),
    ...(beta ? [vector(columns, (c) => at(plain, c))] : []),
  ];
}
