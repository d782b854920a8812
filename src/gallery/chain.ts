/** Writing a network as a list of layers, laid out downwards: gallery networks are mostly chains. */
import {
  documentSchema,
  type Edge,
  type Json,
  type NetworkDocument,
  type NetworkNode,
  type Training,
} from '@/document';

const ROW = 112;

/** One layer of a chain: `id`, type, hyperparameters; wired to the one before, or to those named. */
export interface Link {
  id: string;
  type: string;
  params?: Record<string, Json>;
  from?: string[];
  /** Columns to the right of the chain. */
  column?: number;
  /** The row, where it is not simply the next. */
  row?: number;
}

const COLUMN = 280;

export function network(name: string, links: readonly Link[], training: Partial<Training>): NetworkDocument {
  const nodes: Record<string, NetworkNode> = {};
  const edges: Edge[] = [];
  for (const [at, { id, type, params, from, column = 0, row = at }] of links.entries()) {
    nodes[id] = { type, ...(params && { params }), at: [column * COLUMN, row * ROW] };
    const previous = links[at - 1];
    const sources = from ?? (previous ? [previous.id] : []);
    for (const source of sources) edges.push({ from: [source, 'out'], to: [id, 'in'] });
  }
  return documentSchema.parse({ format: 'tensorloom', version: 1, name, graph: { nodes, edges }, training });
}
