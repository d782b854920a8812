/** Computes formulas: on a graphics card by a program of their own, elsewhere operation by operation. */
import {
  engine,
  getBackend,
  type KernelFunc,
  registerKernel,
  reshape,
  scalar,
  type Tensor,
  type Tensor2D,
  type TensorInfo,
  tidy,
  util,
} from '@tensorflow/tfjs-core';
import { onGraphics, runProgram } from '../graphics/program';
import { OPERATIONS } from './operations';
import { type Computation, type FormulaProgram, glsl, wgsl, wholeOf } from './shader';
import { isFixed, isOperation, isPart, type Term } from './terms';

const KERNEL = 'OwnFormula';

interface Attributes {
  formula: FormulaProgram;
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
  if (!onGraphics()) return tidy(() => byOperations(term));
  // A vector is a row; what is before the last two axes is one.
  const [columns = 1, rows = 1, ...others] = [...shape].reverse();
  const volume = [util.sizeFromShape(others), rows, columns];
  return tidy(() => reshape(run({ terms: [term], along: 'columns', shape: volume }, true), shape));
}

/**
 * Several at once, side by side or one below the other. Only `onGraphics`. Has no gradient.
 * @param terms of matrices and parts of them, which are `mostRead` at most
 * @param shape [N, W] of each result
 */
export function computeParts(
  terms: readonly Term[],
  [rows, width]: readonly [number, number],
  along: Computation['along'] = 'columns',
): Tensor2D {
  // Four values lie together: two rows' two neighbours. Parts must begin where such a group does.
  const aligned = width % 2 === 0 && (along === 'columns' || terms.length === 1 || rows % 2 === 0);
  return run({ terms, along, shape: [rows, width] }, aligned) as Tensor2D;
}

function run(computation: Computation, packed: boolean): Tensor {
  const formula = getBackend() === 'webgl' ? glsl(computation, packed) : wgsl(computation);
  const inputs = Object.fromEntries(formula.inputs.map((input, at) => [`L${at}`, input]));
  const attributes: Attributes = { formula, shape: wholeOf(computation), packed };
  return engine().runKernel(KERNEL, inputs, attributes as unknown as Parameters<KernelFunc>[0]['attrs'] & object);
}

/** @param term without parts */
function byOperations(term: Term): Tensor {
  const known = new Map<Term, Tensor>();
  const computed = (term: Term): Tensor => {
    if (typeof term === 'number') return scalar(term);
    if (isFixed(term)) return scalar(term.fixed);
    if (isPart(term)) throw new Error('a part of a matrix stands in a formula over whole tensors');
    if (!isOperation(term)) return term;
    const before = known.get(term);
    if (before) return before;
    const value = (OPERATIONS[term.name].tensors as (...terms: Tensor[]) => Tensor)(...term.terms.map(computed));
    known.set(term, value);
    return value;
  };
  return computed(term);
}
