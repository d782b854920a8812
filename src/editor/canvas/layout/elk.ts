/** The layout worker: ELK's layered algorithm, loaded when first asked for. */
import type { ELK } from 'elkjs/lib/elk-api.js';
import type { Edge, NodeId, Point } from '@/document';
import type { Direction } from '../geometry';
import { elkGraph } from './elkGraph';

/** After this long the worker is stopped and our own layout takes over. */
const LIMIT = 5000;

let starting: Promise<ELK> | null = null;

async function start(): Promise<ELK> {
  const [{ default: Elk }, { default: ElkWorker }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?worker'),
  ]);
  return new Elk({ workerFactory: () => new ElkWorker() });
}

/** @throws where the worker fails or takes too long. */
export async function elkLayout(
  ids: readonly NodeId[],
  edges: readonly Edge[],
  direction: Direction,
): Promise<ReadonlyMap<NodeId, Point>> {
  starting ??= start();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the layout took too long')), LIMIT);
  });
  try {
    const elk = await Promise.race([starting, late]);
    const { children = [] } = await Promise.race([elk.layout(elkGraph(ids, edges, direction)), late]);
    return new Map(children.map(({ id, x = 0, y = 0 }) => [id, [Math.round(x), Math.round(y)]]));
  } catch (error) {
    const failed = starting;
    starting = null;
    void failed.then((elk) => elk.terminateWorker()).catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
