import type { ElkNode } from 'elkjs/lib/elk-api.js';
import type { Edge, NodeId } from '@/document';
import { CARD, type Direction, PITCH } from '../geometry';

/** A network as ELK takes it, with how it is to be laid out. */
export function elkGraph(ids: readonly NodeId[], edges: readonly Edge[], direction: Direction): ElkNode {
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
