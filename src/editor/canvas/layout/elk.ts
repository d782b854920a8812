/** The layout worker: ELK's layered algorithm, loaded when first asked for. */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
import type { Edge, NodeId, Point } from '@/document';
import { CARD, type Direction, PITCH } from '../geometry';

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
    const { children = [] } = await Promise.race([elk.layout(graphOf(ids, edges, direction)), late]);
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

function graphOf(ids: readonly NodeId[], edges: readonly Edge[], direction: Direction): ElkNode {
  const { along, across } = PITCH[direction];
  const [length, breadth] = direction === 'down' ? [CARD.height, CARD.width] : [CARD.width, CARD.height];
  return {
    id: 'network',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(along - length),
      'elk.spacing.nodeNode': String(across - breadth),
      'elk.spacing.edgeNode': '32',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    },
    children: ids.map((id) => ({ id, width: CARD.width, height: CARD.height })),
    edges: edges.map(({ from, to }, at) => ({ id: `wire ${at}`, sources: [from[0]], targets: [to[0]] })),
  };
}
