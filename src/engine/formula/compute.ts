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
import { OPERATIONS } from './operations';
import { type Drawn, glsl, type Program, wgsl, wholeOf } from './shader';
import { isOperation, isPart, type Term } from './terms';

const KERNEL = 'OwnFormula';

interface Webgl {
  runWebGLProgram(program: object, inputs: TensorInfo[], dtype: string, numbers: number[][]): TensorInfo;
}

interface Webgpu {
  runWebGPUProgram(program: object, inputs: TensorInfo[], dtype: string, numbers: object[]): TensorInfo;
}

interface Attributes {
  program: Program;
  shape: number[];
  packed: boolean;
}

/** Threads that compute together on WebGPU. */
const GROUP = 64;

/** As tfjs names what programs read. */
const names = ({ inputs }: Program): string[] => inputs.map((_, at) => `L${at}`);

/** What is read has the result's shape, and lies in memory as that. */
const readAs = (inputs: readonly TensorInfo[], shape: number[]): TensorInfo[] =>
  shape.length === 2 ? [...inputs] : inputs.map(({ dataId, dtype }) => ({ dataId, dtype, shape }));

const onWebgl: KernelFunc = ({ inputs, attrs, backend }) => {
  const { program, shape, packed } = attrs as unknown as Attributes;
  const { numbers, places } = program;
  return (backend as Webgl).runWebGLProgram(
    {
      variableNames: names(program),
      outputShape: shape,
      userCode: program.text,
      packedInputs: packed,
      packedOutput: packed,
      customUniforms: [
        ...numbers.map((_, at) => ({ name: `n${at}`, type: 'float' })),
        ...places.map((_, at) => ({ name: `p${at}`, type: 'int' })),
      ],
    },
    readAs(Object.values(inputs) as TensorInfo[], shape),
    'float32',
    [...numbers, ...places].map((value) => [value]),
  );
};

const onWebgpu: KernelFunc = ({ inputs, attrs, backend }) => {
  const { program, shape } = attrs as unknown as Attributes;
  const { numbers, places, text } = program;
  const size = util.sizeFromShape(shape);
  return (backend as Webgpu).runWebGPUProgram(
    {
      variableNames: names(program),
      outputShape: shape,
      shaderKey: text,
      getUserCode: () => text,
      size: true,
      workgroupSize: [GROUP, 1, 1],
      dispatchLayout: { x: shape.map((_, at) => at) },
      dispatch: [Math.ceil(size / GROUP), 1, 1],
      uniforms: [...numbers.map((_, at) => `n${at} : f32,`), ...places.map((_, at) => `p${at} : i32,`)].join(' '),
    },
    readAs(Object.values(inputs) as TensorInfo[], shape),
    'float32',
    [
      ...numbers.map((value) => ({ type: 'float32', data: [value] })),
      ...places.map((value) => ({ type: 'int32', data: [value] })),
    ],
  );
};

export function registerFormulas(): void {
  registerKernel({ kernelName: KERNEL, backendName: 'webgl', kernelFunc: onWebgl });
  registerKernel({ kernelName: KERNEL, backendName: 'webgpu', kernelFunc: onWebgpu });
}

/** Whether a formula is one operation here. */
export const drawsFormulas = (): boolean => getBackend() === 'webgl' || getBackend() === 'webgpu';

/** @param shape of the result and of every tensor in it. Has no gradient. */
export function compute(term: Term, shape: number[]): Tensor {
  if (!drawsFormulas()) return tidy(() => byOperations(term, null));
  // A vector is a row; what is before the last two axes is one.
  const [columns = 1, rows = 1, ...others] = [...shape].reverse();
  const volume = [util.sizeFromShape(others), rows, columns];
  return reshape(run({ terms: [term], along: 'columns', shape: volume }, true), shape);
}

/**
 * Several at once, side by side or one below the other. Has no gradient.
 * @param terms of matrices and parts of them; a program of WebGPU reads seven tensors at most, one of WebGL sixteen
 * @param shape [N, W] of each result
 */
export function computeParts(
  terms: readonly Term[],
  [rows, width]: readonly [number, number],
  along: Drawn['along'] = 'columns',
): Tensor2D {
  if (!drawsFormulas()) {
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
  const program = getBackend() === 'webgl' ? glsl(drawn, packed) : wgsl(drawn);
  const inputs = Object.fromEntries(program.inputs.map((input, at) => [`L${at}`, input]));
  const attributes: Attributes = { program, shape: wholeOf(drawn), packed };
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
