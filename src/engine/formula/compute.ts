/** Computes formulas: on a graphics card by a program of their own, elsewhere operation by operation. */
import {
  concat,
  engine,
  getBackend,
  type KernelFunc,
  registerKernel,
  reshape,
  scalar,
  slice,
  type Tensor,
  type Tensor2D,
  type TensorInfo,
  tidy,
  util,
} from '@tensorflow/tfjs-core';
import { onGraphics, runProgram } from '../graphics/program';
import { OPERATIONS } from './operations';
import { type Drawn, type DrawnFormula, glsl, wgsl, wholeOf } from './shader';
import { isOperation, isPart, type Term } from './terms';

const KERNEL = 'OwnFormula';

interface Attributes {
  formula: DrawnFormula;
  shape: number[];
  packed: boolean;
}

/** What is read has the result's shape, and lies in memory as that. */
const readAs = (inputs: readonly TensorInfo[], shape: readonly number[]): readonly TensorInfo[] =>
  shape.length === 2 ? inputs : inputs.map(({ dataId, dtype }) => ({ dataId, dtype, shape: [...shape] }));

export function registerFormulas(): void {
  for (const backendName of ['webgl', 'webgpu']) {
    registerKernel({
      kernelName: KERNEL,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { formula, shape, packed } = attrs as unknown as Attributes;
        const read = readAs(Object.values(inputs) as TensorInfo[], shape);
        return runProgram(backendName, backend, formula, read, shape, packed);
      },
    });
  }
}

/** @param shape of the result and of every tensor in it. Has no gradient. */
export function compute(term: Term, shape: number[]): Tensor {
  if (!onGraphics()) return tidy(() => byOperations(term, null));
  // A vector is a row; what is before the last two axes is one.
  const [columns = 1, rows = 1, ...others] = [...shape].reverse();
  const volume = [util.sizeFromShape(others), rows, columns];
  return reshape(run({ terms: [term], along: 'columns', shape: volume }, true), shape);
}

/**
 * Several at once, side by side or one below the other. Has no gradient.
 * @param terms of matrices and parts of them, which are `mostRead` at most
 * @param shape [N, W] of each result
 */
export function computeParts(
  terms: readonly Term[],
  [rows, width]: readonly [number, number],
  along: Drawn['along'] = 'columns',
): Tensor2D {
  if (!onGraphics()) {
    return tidy(() => {
      const parts = terms.map((term) => byOperations(term, width)) as Tensor2D[];
      return concat(parts, along === 'rows' ? 0 : 1);
    });
  }
  // Four values lie together: two rows' two neighbours. Parts must begin where such a group does.
  const aligned = width % 2 === 0 && (along === 'columns' || terms.length === 1 || rows % 2 === 0);
  return run({ terms, along, shape: [rows, width] }, aligned) as Tensor2D;
}

function run(drawn: Drawn, packed: boolean): Tensor {
  const formula = getBackend() === 'webgl' ? glsl(drawn, packed) : wgsl(drawn);
  const inputs = Object.fromEntries(formula.inputs.map((input, at) => [`L${at}`, input]));
  const attributes: Attributes = { formula, shape: wholeOf(drawn), packed };
  return engine().runKernel(KERNEL, inputs, attributes as unknown as Parameters<KernelFunc>[0]['attrs'] & object);
}

/** @param width of a part */
function byOperations(term: Term, width: number | null): Tensor {
  const known = new Map<Term, Tensor>();
  const computed = (term: Term): Tensor => {
    if (typeof term === 'number') return scalar(term);
    const before = known.get(term);
    if (before) return before;
    const value = isOperation(term)
      ? (OPERATIONS[term.name].tensors as (...terms: Tensor[]) => Tensor)(...term.terms.map(computed))
      : isPart(term)
        ? partOf(term.of, term.at, term.place, width ?? term.of.shape.at(-1) ?? 1)
        : term;
    known.set(term, value);
    return value;
  };
  return computed(term);
}

function partOf(of: Tensor, at: number, place: number | null, width: number): Tensor {
  const rows = of.shape.at(-2) ?? 1;
  const matrix = place === null ? of : reshape(slice(of, [place, 0, 0], [1, rows, of.shape[2] ?? 1]), [rows, -1]);
  return slice(matrix, [0, at], [rows, width]);
}
