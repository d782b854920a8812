/**
 * Our own WebAssembly, beside tfjs's: loops over its memory, four numbers at a time. Its source is in native/ at the
 * top of the project. Places are addresses in bytes: a view's `byteOffset`, as long as no allocation comes between.
 */
import { engine, getBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { ALONE, ALONE_FUSED, SHARED, SHARED_FUSED } from './binary';

/** What falls into units that do not depend on each other; the last arguments are the first and the end of those to do, and room. */
type Work = (...numbers: number[]) => void;

type Works = Record<
  | 'averagePoolBack'
  | 'columnProducts'
  | 'columnSums'
  | 'convolve'
  | 'curves'
  | 'depthwise'
  | 'depthwiseFilterGradient'
  | 'drop'
  | 'filterGradient'
  | 'gelu'
  | 'geluBack'
  | 'layFilter'
  | 'layRecurrent'
  | 'maxPoolBack'
  | 'mixColumns'
  | 'multiply'
  | 'pool'
  | 'readBackward'
  | 'readForward'
  | 'scaleColumns'
  | 'slopes'
  | 'softmax'
  | 'softmaxBack'
  | 'standardiseRows'
  | 'standardiseRowsBack',
  Work
>;

interface Exports extends Works {
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
}

/** The functions that tiles and cells know, in the order in which native/vectors.ts numbers them. */
export const NATIVE_CURVES: readonly string[] = ['linear', 'relu', 'sigmoid', 'tanh', 'hard_sigmoid'];

/** What tfjs's compiled program shows of itself: with threads the memory, else what it exports. */
interface Program {
  wasmMemory?: WebAssembly.Memory;
  asm?: { memory?: unknown };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

export class Native {
  /** Memory for what is needed within one operation only. */
  private scratch = { address: 0, bytes: 0 };

  constructor(
    private readonly program: Program,
    private readonly memory: WebAssembly.Memory,
    readonly exports: Exports,
  ) {}

  /** The address of a tensor's values. It does not change as long as the tensor lives. */
  addressOf({ dataId }: TensorInfo): number {
    const { dataIdMap } = engine().backend as unknown as { dataIdMap: Map<object, { memoryOffset: number }> };
    const found = dataIdMap.get(dataId);
    if (!found) throw new Error('a tensor has no values in memory');
    return found.memoryOffset;
  }

  /** Room for one operation, of whatever content: the next one gets the same. */
  room(bytes: number): number {
    if (bytes > this.scratch.bytes) {
      if (this.scratch.bytes > 0) this.program._free(this.scratch.address);
      this.scratch = { address: 0, bytes: 0 };
      this.scratch = { address: this.program._malloc(bytes), bytes };
    }
    return this.scratch.address;
  }

  /** Writes whole numbers down. @param address of a room */
  note(address: number, numbers: readonly number[]): void {
    new Int32Array(this.memory.buffer, address, numbers.length).set(numbers);
  }

  /** A view of numbers in double precision; good until the next allocation. */
  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, address, count);
  }

  /** Sets so many numbers to 0. */
  fill(address: number, count: number): void {
    new Float32Array(this.memory.buffer, address, count).fill(0);
  }

  /** Does all units of a work. @param room where it finds room for itself */
  work(name: keyof Works, units: number, room: number, ...numbers: number[]): void {
    this.exports[name](...numbers, 0, units, room);
  }
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

/** The same where WebAssembly is known to be in use. @throws Error where it is not */
export function needNative(): Native {
  const found = native();
  if (!found) throw new Error('this browser’s WebAssembly computes one number at a time only (no SIMD)');
  return found;
}

function start(program: Program): Native | null {
  const memory = program.wasmMemory ?? program.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) return null;
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
  for (const binary of shared ? [SHARED_FUSED, SHARED] : [ALONE_FUSED, ALONE]) {
    try {
      const bytes = Uint8Array.from(atob(binary), (letter) => letter.charCodeAt(0));
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
      return new Native(program, memory, exports as unknown as Exports);
    } catch {
      // Without relaxed SIMD the next one will do.
    }
  }
  return null;
}
