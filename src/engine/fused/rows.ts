/** Layer normalisation over the last axis as one operation on WebAssembly, with scale and shift. */
import { customGrad, ones, type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { unwritten, written } from '../memory';
import { columnProducts } from '../native/columns';
import { needNative } from '../native/module';
import { standardiseRows, standardiseRowsBack } from '../native/rows';

/**
 * y = γ·x̂ + β with x̂ = (x − mean)/√(variance + ε) of each row (Ba, Kiros & Hinton 2016). Only where `canFuse`.
 * @param x […, C]
 * @param gamma [C]; null for ones
 * @param beta [C]; null for zeros
 */
export function normaliseRows(x: Tensor, gamma: Tensor | null, beta: Tensor | null, epsilon: number): Tensor {
  const columns = x.shape.at(-1) ?? 1;
  const rows = x.size / columns;
  const op = customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: Tensor[]) => void;
    const [y, hat, inverse] = [unwritten(x.shape), unwritten(x.shape), unwritten([rows])];
    standardiseRows(needNative(), x, { gamma, beta }, epsilon, { y, hat, inverse });
    save([hat, inverse, ...(gamma ? [gamma] : [])]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] =>
      tidy(() => {
        const [hats, inverses, weight = null] = saved as [Tensor, Tensor, Tensor?];
        const dx = unwritten(x.shape);
        standardiseRowsBack(needNative(), dy, weight, { hat: hats, inverse: inverses }, dx);
        if (!gamma && !beta) return [dx];
        const matrix = { values: dy, rows, columns };
        const [plain, weighed] = columnProducts(needNative(), matrix, hats, zeros([columns]), ones([columns]));
        const vector = (sums: Float64Array): Tensor => written(Float32Array.from(sums), [columns]);
        return [dx, ...(gamma ? [vector(weighed)] : []), ...(beta ? [vector(plain)] : [])];
      });
    return { value: y, gradFunc };
  });
  return op(x, ...(gamma ? [gamma] : []), ...(beta ? [beta] : []));
}
