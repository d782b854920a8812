/** Choosing where tensors live: WebGPU, WebGL, WebAssembly or plain JavaScript. */
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { enableProdMode, engine, env, getBackend, memory, ready, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { guardMemory, type Program } from './allocation';
import { correctBackend, correctTfjs } from './corrections';
import { native, needNative } from './native/module';
import { decideOnThreads, threadsWanted } from './threads';

export type Backend = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

/** In the order in which they are tried. */
const ALL: readonly Backend[] = ['wasm', 'webgpu', 'webgl', 'cpu'];

/** Those that most machines do not need are loaded when they are asked for. */
const LOADERS: Readonly<Record<Backend, () => Promise<unknown>>> = {
  wasm: () => Promise.resolve(),
  webgpu: () => import('@tensorflow/tfjs-backend-webgpu'),
  webgl: loadWebgl,
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
};

/** Addresses of the three WebAssembly files; in Node they are found beside the package. */
export type WasmFiles = Readonly<
  Record<'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm', string>
>;

async function loadWebgl(): Promise<void> {
  await import('@tensorflow/tfjs-backend-webgl');
  // By a program it is slow, but right: a person may choose it.
  env().set('SOFTWARE_WEBGL_ENABLED', true);
  // Textures that are freed go back to the driver beyond 256 MB, else a long session keeps them all.
  env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 256e6);
}

let prepared = false;

/** Corrects tfjs and tells it where its files are. Must come before any backend is set. */
export function prepareBackends(files?: WasmFiles): void {
  if (prepared) return;
  prepared = true;
  enableProdMode();
  correctTfjs();
  if (files) {
    setWasmPaths({ ...files });
    // Our own threads compute: those of tfjs's kernels would only wait.
    setThreadsCount(1);
  }
}

/** What this machine may have, before trying. */
export function likelyBackends(): Backend[] {
  const gpu = typeof navigator !== 'undefined' && 'gpu' in navigator;
  const canvas = typeof OffscreenCanvas !== 'undefined';
  return ALL.filter((name) => (name === 'webgpu' ? gpu : name === 'webgl' ? canvas : true));
}

/** The backend in use; null before the first. */
export const backendInUse = (): Backend | null => (engine().backendName ?? null) as Backend | null;

/** How long a backend may take to start; a driver that hangs must not hang the run. */
const START_LIMIT = 10_000;

/**
 * Makes a backend the one in use.
 * @throws Error where it does not exist here, with the reason
 */
export async function startBackend(name: Backend): Promise<void> {
  if (engine().backendName === name) return;
  if (name === 'wasm') await decideOnThreads();
  await LOADERS[name]();
  correctBackend(name);
  const reason = await begin(name);
  if (reason !== null || engine().backendName !== name) {
    throw new Error(`${name} is not available on this machine${reason ? ` (${reason})` : ''}.`);
  }
  await ready();
  if (name === 'wasm') {
    guardMemory((engine().backend as unknown as { wasm: Program }).wasm);
    await needNative().gather(threadsWanted() - 1);
  }
  watchDevice();
}

/** Why a backend did not start; null where it did. */
async function begin(name: Backend): Promise<string | null> {
  const reason = await within(START_LIMIT, setBackend(name));
  if (reason === null || name !== 'wasm' || !env().getBool('WASM_HAS_MULTITHREAD_SUPPORT')) return reason;
  // Memory to be shared is reserved whole, which a small machine may refuse.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  return within(START_LIMIT, setBackend(name));
}

/** Why a backend did not start in time; null where it did. */
async function within(milliseconds: number, started: Promise<boolean>): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`it did not start within ${milliseconds / 1000} seconds`), milliseconds);
  });
  const outcome = started.then(
    (success) => (success ? null : ''),
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface Device {
  onuncapturederror: ((event: { error: { message: string } }) => void) | null;
  lost: Promise<{ reason: string; message: string }>;
}

/** What tfjs's GPU backends hold, as far as it is of use here. */
interface Graphics {
  /** WebGPU */
  device?: Device;
  /** WebGL */
  gpgpu?: { gl: { canvas: EventTarget } };
}

let deviceError: string | null = null;
/** Who waits for a GPU that may never answer. */
const waiting = new Set<(error: Error) => void>();

/**
 * WebGPU reports a faulty shader here and nowhere else: the result is silently wrong. A GPU that is lost
 * (a driver reset, sleep) answers nothing, or zeros.
 */
function watchDevice(): void {
  deviceError = null;
  const { device, gpgpu } = engine().backend as unknown as Graphics;
  const report = (message: string): void => {
    deviceError ??= message;
    for (const give of waiting) give(new Error(deviceError));
    waiting.clear();
  };
  if (device) {
    device.onuncapturederror = ({ error }) => report(`The GPU reported an error: ${error.message}`);
    void device.lost.then(({ reason, message }) => {
      if (reason !== 'destroyed') report(`The GPU was lost. ${message}`);
    });
  }
  gpgpu?.gl.canvas.addEventListener('webglcontextlost', () => report('The GPU was lost.'), { once: true });
}

/** @throws Error where the GPU has reported one since the backend was set */
export function checkDevice(): void {
  if (deviceError !== null) throw new Error(deviceError);
}

/** Reads a value back. @throws Error where the GPU reports one meanwhile: a lost one would never answer */
export function readBack(value: Tensor): Promise<Float32Array> {
  return new Promise((resolve, reject) => {
    checkDevice();
    waiting.add(reject);
    const end = (): boolean => waiting.delete(reject);
    value.data<'float32'>().then(resolve, reject).then(end, end);
  });
}

/** Threads in use by WebAssembly; 1 elsewhere. */
export const threadsInUse = (): number => native()?.lanes ?? 1;

/** Lets WebAssembly compute with all threads it has, or with one. Whichever it is, results are the same. */
export function shareWork(together: boolean): void {
  const ours = native();
  if (ours) ours.sharing = together;
}

/** Whether values can be read back without waiting. */
export const readsAtOnce = (): boolean => getBackend() === 'wasm' || getBackend() === 'cpu';

export const tensorsHeld = (): { tensors: number; bytes: number } => {
  const { numTensors, numBytes } = memory();
  return { tensors: numTensors, bytes: numBytes };
};
