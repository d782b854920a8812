/**
 * WebGPU computes with two tensors of different shapes along at most four axes; for more it reads the wrong values.
 * Axes beside each other that are stretched alike, or not at all, are one axis: so few are left that it can.
 */
import { engine, reshape, type Tensor, type TensorInfo, tidy } from '@tensorflow/tfjs-core';
import { inputOf } from './attributes';
import { replaceKernel, stockKernel } from './replace';

const BACKEND = 'webgpu';
const MOST_AXES = 4;

const OF_TWO = [
  'Add',
  'Sub',
  'Multiply',
  'RealDiv',
  'FloorDiv',
  'Mod',
  'Pow',
  'Maximum',
  'Minimum',
  'SquaredDifference',
  'Equal',
  'NotEqual',
  'Less',
  'LessEqual',
  'Greater',
  'GreaterEqual',
  'LogicalAnd',
  'LogicalOr',
  'Prelu',
];

export function registerBroadcasts(backend: string): void {
  if (backend !== BACKEND) return;
  for (const name of OF_TWO) {
    const stock = stockKernel(name, BACKEND);
    if (!stock) continue;
    const [first, second] = name === 'Prelu' ? ['x', 'alpha'] : ['a', 'b'];
    replaceKernel(
      name,
      (call) => {
        const [a, b] = [inputOf(call, first) as Tensor, inputOf(call, second) as Tensor];
        const rank = Math.max(a.shape.length, b.shape.length);
        if (rank <= MOST_AXES || a.shape.join() === b.shape.join()) return stock.kernelFunc(call);
        return tidy(() => {
          const { one, two, shape } = joined(full(a.shape, rank), full(b.shape, rank));
          const inputs = { [first]: reshape(a, one), [second]: reshape(b, two) };
          const result = stock.kernelFunc({ ...call, inputs }) as TensorInfo;
          return reshape(engine().makeTensorFromTensorInfo(result), shape);
        });
      },
      BACKEND,
    );
  }
}

const full = (shape: readonly number[], rank: number): number[] => [
  ...Array.from({ length: rank - shape.length }, () => 1),
  ...shape,
];

/** Both shapes with neighbouring axes of one kind taken together, and the result's own. */
function joined(a: readonly number[], b: readonly number[]): { one: number[]; two: number[]; shape: number[] } {
  const [one, two]: [number[], number[]] = [[], []];
  let before: string | null = null;
  for (const [axis, size] of a.entries()) {
    const other = b[axis] ?? 1;
    if (size === 1 && other === 1) continue;
    const kind = size === other ? 'alike' : size === 1 ? 'first stretched' : 'second stretched';
    if (kind === before) {
      one.push((one.pop() ?? 1) * size);
      two.push((two.pop() ?? 1) * other);
    } else {
      one.push(size);
      two.push(other);
    }
    before = kind;
  }
  return { one, two, shape: a.map((size, axis) => Math.max(size, b[axis] ?? 1)) };
}
