/** Programs of our own on graphics cards, written in GLSL for WebGL and in WGSL for WebGPU. */
import { env, getBackend, type TensorInfo, util } from '@tensorflow/tfjs-core';

export interface Program {
  /** The main function: reads inputs L0, L1, …, numbers n0, n1, … and whole numbers p0, p1, … */
  text: string;
  /** What changes from call to call; a new value needs no new program. */
  numbers: readonly number[];
  places: readonly number[];
}

interface Webgl {
  runWebGLProgram(program: object, inputs: TensorInfo[], dtype: string, numbers: number[][]): TensorInfo;
}

interface Webgpu {
  runWebGPUProgram(program: object, inputs: TensorInfo[], dtype: string, numbers: object[]): TensorInfo;
}

/** Threads that compute together on WebGPU. */
const GROUP = 64;

/** Whether such programs run here: the first WebGL has too little room for what they read, and no loops they can use. */
export const onGraphics = (): boolean =>
  getBackend() === 'webgpu' || (getBackend() === 'webgl' && env().getNumber('WEBGL_VERSION') === 2);

/** How many tensors a program can read at once, wherever it runs. */
export const mostRead = (): number => (getBackend() === 'webgpu' ? 7 : 16);

/**
 * On the backend of that name.
 * @param packed on WebGL: whether values are read and written four at a time, two rows' two neighbours
 */
export function runProgram(
  name: string,
  backend: unknown,
  program: Program,
  inputs: readonly TensorInfo[],
  shape: readonly number[],
  packed = false,
): TensorInfo {
  return name === 'webgl'
    ? onWebgl(backend as Webgl, program, inputs, shape, packed)
    : onWebgpu(backend as Webgpu, program, inputs, shape);
}

/** As tfjs names what programs read. */
const namesOf = (inputs: readonly TensorInfo[]): string[] => inputs.map((_, at) => `L${at}`);

function onWebgl(
  backend: Webgl,
  { text, numbers, places }: Program,
  inputs: readonly TensorInfo[],
  shape: readonly number[],
  packed: boolean,
): TensorInfo {
  const program = {
    variableNames: namesOf(inputs),
    outputShape: [...shape],
    userCode: text,
    packedInputs: packed,
    packedOutput: packed,
    customUniforms: [
      ...numbers.map((_, at) => ({ name: `n${at}`, type: 'float' })),
      ...places.map((_, at) => ({ name: `p${at}`, type: 'int' })),
    ],
  };
  const values = [...numbers, ...places].map((value) => [value]);
  return backend.runWebGLProgram(program, [...inputs], 'float32', values);
}

function onWebgpu(
  backend: Webgpu,
  { text, numbers, places }: Program,
  inputs: readonly TensorInfo[],
  shape: readonly number[],
): TensorInfo {
  const program = {
    variableNames: namesOf(inputs),
    outputShape: [...shape],
    shaderKey: text,
    getUserCode: () => text,
    size: true,
    workgroupSize: [GROUP, 1, 1],
    dispatchLayout: { x: shape.map((_, at) => at) },
    dispatch: [Math.ceil(util.sizeFromShape([...shape]) / GROUP), 1, 1],
    uniforms: [...numbers.map((_, at) => `n${at} : f32,`), ...places.map((_, at) => `p${at} : i32,`)].join(' '),
  };
  const values = [
    ...numbers.map((value) => ({ type: 'float32', data: [value] })),
    ...places.map((value) => ({ type: 'int32', data: [value] })),
  ];
  return backend.runWebGPUProgram(program, [...inputs], 'float32', values);
}
