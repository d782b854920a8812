/** What Auto found, kept in the browser by network: the same network on the same machine is not timed twice. */
import { z } from 'zod';
import { flatten, type NetworkDocument } from '@/document';
import { BACKENDS, type Settled } from './protocol';

const KEY = 'tensorloom.backend.v2';
const MOST = 50;

const backend = z.enum(BACKENDS as readonly ['webgpu', 'webgl', 'wasm', 'cpu']);
const timing = z
  .object({ backend, threads: z.int().optional(), ms: z.number().nullable(), note: z.string().optional() })
  .transform(({ note, threads, ...rest }) => ({
    ...rest,
    ...(threads !== undefined && { threads }),
    ...(note !== undefined && { note }),
  }));
const memory = z.array(z.tuple([z.string(), z.object({ backend, threads: z.int(), timings: z.array(timing) })]));

/** What the time of a step depends on: layers, wires and batch size, not names or places. */
export function signatureOf(document: NetworkDocument): string {
  const { graph, training } = flatten(document).document;
  const nodes = Object.entries(graph.nodes).map(([id, { type, params, tiedTo }]) => [id, type, params, tiedTo]);
  const text = JSON.stringify([nodes, graph.edges, training.batchSize, training.dataset]);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${(hash >>> 0).toString(36)}-${text.length}`;
}

function read(): z.infer<typeof memory> {
  try {
    return memory.parse(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
  } catch {
    return [];
  }
}

export const readTimings = (signature: string): Settled | undefined =>
  read().find(([known]) => known === signature)?.[1];

export function writeTimings(signature: string, found: Settled): void {
  const others = read().filter(([known]) => known !== signature);
  try {
    localStorage.setItem(KEY, JSON.stringify([[signature, found], ...others].slice(0, MOST)));
  } catch {
    // Without storage the next run is timed again.
  }
}
