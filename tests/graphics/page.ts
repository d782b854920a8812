/** Every layer of the catalogue, forwards and backwards, sequences, updates, filters and activations on a graphics backend beside WebAssembly. */
import {
  dispose,
  engine,
  getKernel,
  memory,
  registerKernel,
  type Scalar,
  tidy,
  unregisterKernel,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { compile } from '@/compiler';
import type { NetworkDocument } from '@/document';
import { type Backend, prepareBackends, shareWork, startBackend } from '@/engine';
import { buildModel } from '@/engine/model';
import { WASM_FILES } from '@/engine/wasmFiles';
import { INNER, networkAround } from '../support/catalogue';
import { forward, inputsFor, reachedWeights, score, stir } from '../support/passes';
import { activations } from './activations';
import { type Case, type Results, valuesOf, variableOf } from './cases';
import { filters } from './filters';
import { sequences } from './sequences';
import { updates } from './updates';

/** What was otherwise than on WebAssembly. */
export interface Miss {
  what: string;
  /** In units of the largest value, or a reason where there is none. */
  by: number | string;
}

export interface Compared {
  /** Networks tried around a layer. */
  layers: number;
  /** How often a program of our own ran on the backend. */
  programs: number;
  misses: Miss[];
}

declare global {
  interface Window {
    /** Null where the backend does not exist here. */
    compare(backend: Backend): Promise<Compared | null>;
  }
}

/** Networks tried of each layer: one alone, one behind something that learns. */
const SEEDS = [1, 2];

/** Sums in another order differ in their last digits. */
const TOLERANCE = 2e-3;
/** Of what is small enough to be exact. */
const OWN_TOLERANCE = 1e-5;

/** All outputs, and the gradients of a weighed sum of them for inputs and weights. */
async function passed(document: NetworkDocument): Promise<Results> {
  const network = compile(document, { fields: undefined });
  const built = await buildModel(network, 3);
  const inputs = tidy(() => inputsFor(document, network)).map(variableOf);
  const results: Results = new Map();
  try {
    stir(built);
    const outputs = forward(built, inputs, false);
    for (const [at, output] of outputs.entries()) results.set(`output ${at}`, await valuesOf(output));
    dispose(outputs);
    const named = new Map(reachedWeights(document, built).map(({ name, variable }) => [variable.name, name]));
    for (const [at, input] of inputs.entries()) named.set(input.name, `input ${at}`);
    const variables = [
      ...inputs,
      ...built.weights.flatMap(({ variable }) => (named.has(variable.name) ? [variable] : [])),
    ];
    const { value, grads } = variableGrads(() => score(built, inputs) as Scalar, variables);
    value.dispose();
    for (const [variable, name] of named) {
      const gradient = grads[variable];
      if (gradient) results.set(`gradient of ${name}`, await valuesOf(gradient));
    }
    dispose(grads);
  } finally {
    dispose(inputs);
    built.dispose();
  }
  return results;
}

function distance(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let [most, largest] = [0, 1];
  for (let at = 0; at < a.length; at++) {
    const [x = 0, y = 0] = [a[at], b[at]];
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.POSITIVE_INFINITY;
    // Infinite in the same way, or no number, is the same.
    if (x !== y && !Number.isNaN(x)) most = Math.max(most, Math.abs(x - y));
    if (Number.isFinite(y)) largest = Math.max(largest, Math.abs(y));
  }
  return most === 0 ? 0 : most / largest;
}

const attempt = (run: Case['run']): Promise<Results | string> =>
  run().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));

function missesOf(
  wanted: Results | string,
  actual: Results | string,
  tolerance: number,
): { what: string; by: number | string }[] {
  if (typeof wanted === 'string') return [{ what: 'on WebAssembly', by: wanted }];
  if (typeof actual === 'string') return [{ what: 'the whole', by: actual }];
  const misses = [...wanted].flatMap(([what, values]) => {
    const by = distance(actual.get(what) ?? new Float32Array(), values);
    return by < tolerance ? [] : [{ what, by }];
  });
  return misses;
}

window.compare = async (backend) => {
  prepareBackends(WASM_FILES);
  try {
    await startBackend(backend);
  } catch {
    return null;
  }
  const layers = INNER.flatMap(({ type }) =>
    SEEDS.flatMap((seed): Case[] => {
      const document = networkAround(type, seed);
      return document ? [{ what: `${type} ${seed}`, run: () => passed(document) }] : [];
    }),
  );
  const cases = [...layers, ...sequences, ...updates, ...filters, ...activations];
  const error = watchErrors();
  await startBackend('wasm');
  // A page may not wait for threads.
  shareWork(false);
  const wanted: (Results | string)[] = [];
  for (const { run } of cases) wanted.push(await attempt(run));
  await startBackend(backend);
  const misses: Miss[] = [];
  const programs = countPrograms(backend);
  for (const [at, { what, run }] of cases.entries()) {
    const before = held();
    const actual = await attempt(run);
    const left = held() - before;
    if (left !== 0 && typeof actual !== 'string') misses.push({ what: `${what}: tensors left behind`, by: left });
    const said = error();
    if (said !== null) misses.push({ what: `${what}: an error of the device`, by: said });
    const expected = wanted[at] ?? '';
    // A layer that has no gradient has none anywhere.
    if (typeof expected === 'string' && at < layers.length) continue;
    const tolerance = at < layers.length ? TOLERANCE : OWN_TOLERANCE;
    for (const miss of missesOf(expected, actual, tolerance)) misses.push({ ...miss, what: `${what}: ${miss.what}` });
  }
  return { layers: layers.length, programs: programs(), misses };
};

/** Whether they run at all: without them all would be right, too. */
function countPrograms(backendName: string): () => number {
  const kernel = getKernel('OwnFormula', backendName);
  let count = 0;
  unregisterKernel('OwnFormula', backendName);
  registerKernel({
    ...kernel,
    kernelFunc: (call) => {
      count += 1;
      return kernel.kernelFunc(call);
    },
  });
  return () => count;
}

/** Tensors, and what the backend holds without one. */
const held = (): number => memory().numTensors + engine().backend.numDataIds();

/** WebGPU reports a faulty shader here and nowhere else. Gives what was reported since it was last asked. */
function watchErrors(): () => string | null {
  const { device } = engine().backend as unknown as {
    device?: { onuncapturederror: ((event: { error: { message: string } }) => void) | null };
  };
  let last: string | null = null;
  if (device) {
    device.onuncapturederror = ({ error }) => {
      last ??= error.message;
    };
  }
  return () => {
    const said = last;
    last = null;
    return said;
  };
}
