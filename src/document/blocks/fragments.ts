/** Parts of a network with the blocks they are made of: what the clipboard and the collection of own blocks hold. */
import { copyNodes, type Fragment, type Point, pasteNodes, type WithIds } from '../edits';
import type { Block, NetworkDocument, NodeId } from '../schema';
import { adoptBlocks, blocksNeeded, renamedBlocks } from './define';
import { blockIdOf, blockType } from './ports';

/** The definitions that some nodes need, at any depth. */
const definitionsFor = (blocks: Readonly<Record<string, Block>>, types: Iterable<string>): Record<string, Block> => {
  const ids = [...types].flatMap((type) => blockIdOf(type) ?? []);
  return Object.fromEntries(blocksNeeded(blocks, ids).flatMap((id) => (blocks[id] ? [[id, blocks[id]]] : [])));
};

/** The chosen nodes, the wires between them, and every definition they need. */
export function copyWithBlocks(document: NetworkDocument, ids: Iterable<NodeId>): Fragment {
  const fragment = copyNodes(document, ids);
  const types = Object.values(fragment.nodes).map(({ type }) => type);
  const blocks = definitionsFor(document.blocks ?? {}, types);
  return Object.keys(blocks).length > 0 ? { ...fragment, blocks } : fragment;
}

/**
 * Adds a fragment with the definitions it brings; one that is here already, word for word, is used.
 * @param around the block whose graph the document shows, null for the network itself
 * @returns the document, or why the fragment cannot stand there
 */
export function pasteWithBlocks(
  document: NetworkDocument,
  fragment: Fragment,
  offset: Point,
  around: string | null,
): WithIds | { refusal: string } {
  const { document: roomy, names } = adoptBlocks(document, fragment.blocks ?? {});
  const { nodes, edges } = renamedBlocks(fragment, names);
  const needed = Object.keys(
    definitionsFor(
      roomy.blocks ?? {},
      Object.values(nodes).map(({ type }) => type),
    ),
  );
  if (around !== null && needed.includes(around))
    return { refusal: 'A block cannot hold itself, and what was copied is made of the one that you are in.' };
  return pasteNodes(roomy, { nodes, edges }, offset);
}

/** An instance of a block by itself, with all that it needs: how a block is kept outside of a network. */
export function fragmentOf(document: NetworkDocument, block: string): Fragment {
  const type = blockType(block);
  return { nodes: { block: { type } }, edges: [], blocks: definitionsFor(document.blocks ?? {}, [type]) };
}
