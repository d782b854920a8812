/**
 * Our own WebAssembly, beside tfjs's: loops over its memory, four numbers at a time. Its source is in native/ at the
 * top of the project. Places are addresses in bytes: a view's `byteOffset`, as long as no allocation comes between.
 */
import { engine, getBackend } from '@tensorflow/tfjs-core';
import { ALONE, SHARED } from './binary';

/** One step of a recurrent cell for one sample. */
export type NativeForward = (
  units: number,
  activation: number,
  gate: number,
  x: number,
  product: number,
  bias: number,
  recurrentBias: number,
  state: number,
  memory: number,
  kept: number,
) => void;

/** Its gradient. */
export type NativeBackward = (
  units: number,
  activation: number,
  gate: number,
  kept: number,
  before: number,
  memoryBefore: number,
  state: number,
  memory: number,
  x: number,
  product: number,
) => void;

interface Exports {
  simpleForward: NativeForward;
  simpleBackward: NativeBackward;
  lstmForward: NativeForward;
  lstmBackward: NativeBackward;
  gruForward: NativeForward;
  gruBackward: NativeBackward;
  /** One step of Adam; `largest` is 0 where that is not AMSGrad. */
  adam(
    count: number,
    weight: number,
    gradient: number,
    mean: number,
    variance: number,
    largest: number,
    alpha: number,
    forget1: number,
    forget2: number,
    epsilon: number,
  ): void;
  /** C = A·B for `count` pairs of matrices, [M, K] and [K, N]; `room` for `roomFor(k, n)` numbers. */
  multiply(
    a: number,
    b: number,
    c: number,
    room: number,
    count: number,
    m: number,
    k: number,
    n: number,
    turnA: number,
    turnB: number,
  ): void;
}

export interface Native extends Exports {
  /** Whether tfjs has threads, which this has not. */
  shared: boolean;
}

/** Rows of a right matrix that are laid out at a time: DEPTH in native/products.ts. */
const DEPTH = 256;

/** Numbers that `multiply` needs room for. */
export const roomFor = (k: number, n: number): number => Math.min(k, DEPTH) * 8 * Math.ceil(n / 8);

/** The functions that cells know, in the order in which native/vectors.ts numbers them. */
export const NATIVE_CURVES: readonly string[] = ['linear', 'relu', 'sigmoid', 'tanh', 'hard_sigmoid'];

/** What tfjs's compiled program shows of itself: with threads the memory, else what it exports. */
interface Program {
  wasmMemory?: WebAssembly.Memory;
  asm?: { memory?: unknown };
}

const known = new WeakMap<Program, { native: Native | null }>();

/** Where a number of a view lies, four bytes each. */
export const addressOf = (values: Float32Array, at = 0): number => values.byteOffset + 4 * at;

/** Null on other backends, and where this machine cannot run it. */
export function native(): Native | null {
  if (getBackend() !== 'wasm') return null;
  const { wasm } = engine().backend as unknown as { wasm: Program };
  const found = known.get(wasm) ?? { native: start(wasm) };
  known.set(wasm, found);
  return found.native;
}

function start(program: Program): Native | null {
  const memory = program.wasmMemory ?? program.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) return null;
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  try {
    const bytes = Uint8Array.from(atob(shared ? SHARED : ALONE), (letter) => letter.charCodeAt(0));
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
    return { ...(exports as unknown as Exports), shared };
  } catch {
    // A browser without SIMD: loops in JavaScript do the same.
    return null;
  }
}
