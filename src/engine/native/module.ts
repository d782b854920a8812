/**
 * Our own WebAssembly, beside tfjs's: loops over its memory, four numbers at a time. Its source is in native/ at the
 * top of the project. Places are addresses in bytes.
 */
import { engine, getBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { ALONE, ALONE_FUSED, SHARED, SHARED_FUSED } from './binary';
import { Crew } from './crew/crew';
import { doingOf, LOOKING_AT_ALL, WORKS, type WorkName } from './crew/works';

/** The functions that tiles and cells know, in the order in which native/vectors.ts numbers them. */
export const NATIVE_CURVES: readonly string[] = ['linear', 'relu', 'sigmoid', 'tanh', 'hard_sigmoid'];

/** Multiply-adds, or numbers written, from which on it pays to have others take part. */
const WORTH_SHARING = 100_000;

/** Parts of a work for each participant: who is quick takes more of them. */
const PARTS = 4;

/** What tfjs's compiled program shows of itself: with threads the memory, else what it exports. */
interface Program {
  wasmMemory?: WebAssembly.Memory;
  asm?: { memory?: unknown };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

interface Single {
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

/** Memory for one operation, of whatever content. */
export interface Room {
  /** For all participants. */
  address: number;
  /** For the first of them by itself, and the bytes to the next one's. */
  own: number;
  each: number;
}

const NOWHERE: Room = { address: 0, own: 0, each: 0 };

const aligned = (bytes: number): number => (bytes + 63) & ~63;

export class Native {
  private scratch = { address: 0, bytes: 0 };
  private readonly doing;
  private crew: Crew | null = null;
  /** Whether those who could take part do. */
  private together = true;

  constructor(
    private readonly program: Program,
    private readonly memory: WebAssembly.Memory,
    private readonly module: WebAssembly.Module,
    readonly exports: Single & WebAssembly.Exports,
  ) {
    this.doing = doingOf(exports);
  }

  /** Whether others can take part: only in memory that is shared. */
  get shareable(): boolean {
    return typeof SharedArrayBuffer !== 'undefined' && this.memory.buffer instanceof SharedArrayBuffer;
  }

  /** Gathers helpers, where there are none yet. None come where they do not start. */
  async gather(helpers: number): Promise<void> {
    if (this.crew === null && helpers > 0 && this.shareable) {
      this.crew = await Crew.gather(helpers, this.module, this.memory);
    }
  }

  /** How many take part, this thread included. */
  get lanes(): number {
    return this.together && this.crew ? this.crew.helpers + 1 : 1;
  }

  /** Lets helpers take part or not. */
  set sharing(together: boolean) {
    this.together = together;
  }

  /** The address of a tensor's values. It does not change as long as the tensor lives. */
  addressOf({ dataId }: TensorInfo): number {
    const { dataIdMap } = engine().backend as unknown as { dataIdMap: Map<object, { memoryOffset: number }> };
    const found = dataIdMap.get(dataId);
    if (!found) throw new Error('a tensor has no values in memory');
    return found.memoryOffset;
  }

  /**
   * Room for one operation; the next one gets the same.
   * @param bytes for all who take part
   * @param each for every one of them by itself
   */
  room(bytes: number, each = 0): Room {
    const [common, own] = [aligned(bytes), aligned(each)];
    const whole = common + own * this.lanes;
    if (whole > this.scratch.bytes) {
      if (this.scratch.bytes > 0) this.program._free(this.scratch.address);
      this.scratch = { address: 0, bytes: 0 };
      this.scratch = { address: this.program._malloc(whole), bytes: whole };
    }
    const { address } = this.scratch;
    return { address, own: address + common, each: own };
  }

  /** Writes whole numbers down. */
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

  /**
   * Does all units of a work.
   * @param cost about how many multiply-adds, or numbers written, it is in all
   * @throws Error where a helper fails
   */
  work(name: WorkName, units: number, cost: number, numbers: readonly number[], room: Room = NOWHERE): void {
    const work = WORKS.indexOf(name);
    const { lanes } = this;
    if (lanes === 1 || units === 1 || cost < WORTH_SHARING) {
      this.doing(work, numbers, 0, units, room.own);
      return;
    }
    const job = { work, units, numbers, room: room.own, roomEach: room.each };
    const parts = LOOKING_AT_ALL.has(name) ? 1 : PARTS;
    this.crew?.control.lead(job, Math.min(units, lanes * parts), this.doing);
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
      const module = new WebAssembly.Module(Uint8Array.from(atob(binary), (letter) => letter.charCodeAt(0)));
      const { exports } = new WebAssembly.Instance(module, { env: { memory } });
      return new Native(program, memory, module, exports as unknown as Single & WebAssembly.Exports);
    } catch {
      // Without relaxed SIMD the next one will do.
    }
  }
  return null;
}
