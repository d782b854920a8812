/** Where the time of a step goes, by V8's sampling profiler. */
import { type Profiler, Session } from 'node:inspector/promises';

export interface Share {
  /** A part of the engine, or a kernel of tfjs. */
  place: string;
  /** Of the whole, 0 to 1. */
  share: number;
}

/** Runs the work and tells the shares of the places where it spent its time, the largest first. */
export async function sharesOf(work: () => Promise<void>): Promise<Share[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 250 });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return shares(profile);
}

function shares({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Share[] {
  const placeOf = new Map<number, string>();
  const name = (node: Profiler.ProfileNode, around: string): void => {
    const place = placeIn(node.callFrame) ?? around;
    placeOf.set(node.id, place);
    for (const child of node.children ?? []) {
      const found = byId.get(child);
      if (found) name(found, place);
    }
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const [root] = nodes;
  if (root) name(root, 'tfjs');
  const times = new Map<string, number>();
  let whole = 0;
  for (const [at, id] of samples.entries()) {
    const place = placeOf.get(id) ?? 'tfjs';
    const time = timeDeltas[at] ?? 0;
    if (place === '(idle)') continue;
    whole += time;
    times.set(place, (times.get(place) ?? 0) + time);
  }
  return [...times].map(([place, time]) => ({ place, share: time / whole })).sort((a, b) => b.share - a.share);
}

/** What the kernels' functions are called in the backend's one file. */
const KERNEL =
  /^(?!wasm|setup|reshape)\w*(matmul|conv2d|pool|backprop|transpose|softmax|gather|scatter|slice|pad|concat|tile|identity|cast|sum|mean|max|kernelfunc)\w*$/i;

/** Kernels go by their own name, parts of the engine by their file; what is neither belongs to its caller. */
function placeIn({ functionName, url }: Profiler.ProfileNode['callFrame']): string | null {
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (functionName === '(idle)' || functionName === '(root)') return '(idle)';
  if (functionName === 'dispatch') return '(idle)'; // the profiler itself
  const own = /\/src\/engine\/(?:.*\/)?([^/]+\/[^/]+)\.ts$/.exec(url)?.[1];
  if (own !== undefined) return own;
  const kernel = /tfjs-backend-wasm/.test(url) && KERNEL.test(functionName);
  return kernel ? functionName : null;
}
