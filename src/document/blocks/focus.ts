/** Looking into a block: its graph as a document of its own, so that every edit works inside as outside. */
import type { NetworkDocument, NetworkNode, NodeId } from '../schema';
import type { Path } from './flatten';
import { blockIdOf, blockOf } from './ports';

/** The block that a way through instances ends in; null for the network itself, undefined where there is no such way. */
export function blockAt(document: NetworkDocument, instances: readonly NodeId[]): string | null | undefined {
  let [graph, block]: [NetworkDocument['graph'], string | null] = [document.graph, null];
  for (const id of instances) {
    const node: NetworkNode | undefined = graph.nodes[id];
    const definition = blockOf(document, node);
    if (!definition) return undefined;
    graph = definition.graph;
    block = blockIdOf(node?.type ?? '');
  }
  return block;
}

const NOTHING_NAMED = 'all' as const;

/** The document as it is seen from within a block: its graph is the block's. Null: the network itself. */
export function focus(document: NetworkDocument, block: string | null): NetworkDocument {
  const definition = block === null ? undefined : document.blocks?.[block];
  if (!definition) return document;
  // A phase names nodes of the network, and an edit within a block must not take them for its own.
  const phases = document.training.phases.map((phase) => ({
    ...phase,
    minimise: NOTHING_NAMED,
    train: NOTHING_NAMED,
  }));
  return { ...document, graph: definition.graph, training: { ...document.training, phases } };
}

/** Puts what was edited within a block back into the whole. Training is no matter of a block and stays. */
export function unfocus(whole: NetworkDocument, block: string | null, edited: NetworkDocument): NetworkDocument {
  if (block === null) return edited;
  const definition = edited.blocks?.[block];
  if (!definition) return { ...edited, graph: whole.graph, training: whole.training };
  const blocks =
    definition.graph === edited.graph
      ? edited.blocks
      : { ...edited.blocks, [block]: { ...definition, graph: edited.graph } };
  if (blocks === whole.blocks && edited.name === whole.name) return whole;
  return { ...edited, graph: whole.graph, training: whole.training, ...(blocks && { blocks }) };
}

/** A node by the way to it; undefined where it leads nowhere. */
export function nodeAt(document: NetworkDocument, path: Path | undefined, node: NodeId): NetworkNode | undefined {
  const block = blockAt(
    document,
    (path ?? []).map(({ instance }) => instance),
  );
  return block === undefined ? undefined : focus(document, block).graph.nodes[node];
}
