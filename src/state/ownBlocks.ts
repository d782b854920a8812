/** The person's own blocks, kept in this browser for every network. */
import { create } from 'zustand';
import {
  adoptBlocks,
  type Block,
  blockIdOf,
  blockType,
  fragmentOf,
  type NetworkDocument,
  titleOfBlock,
} from '@/document';
import { deleteBlock, type KeptBlock, listBlocks, saveBlock } from './storage';

interface OwnBlocks {
  blocks: readonly KeptBlock[];
  /** Reads what the browser holds. */
  load(): Promise<void>;
  /** Keeps a block of a network; one of the same title is replaced. @throws where the browser stores nothing */
  keep(document: NetworkDocument, block: string): Promise<void>;
  /** @throws where the browser stores nothing */
  forget(id: string): Promise<void>;
  /** As before it was forgotten. */
  restore(block: KeptBlock): Promise<void>;
}

export const useOwnBlocks = create<OwnBlocks>((set, get) => ({
  blocks: [],
  load: async () => set({ blocks: await listBlocks() }),
  async keep(document, block) {
    const definition = document.blocks?.[block];
    if (!definition) return;
    const title = titleOfBlock(block, definition);
    const same = get().blocks.find((other) => other.title === title);
    await saveBlock({ id: same?.id ?? crypto.randomUUID(), title, fragment: fragmentOf(document, block) });
    await get().load();
  },
  async forget(id) {
    await deleteBlock(id);
    await get().load();
  },
  async restore(block) {
    await saveBlock(block);
    await get().load();
  },
}));

const OWN = 'own:';

/** How a kept block is called among the layer types that can be added. */
export const ownType = ({ id }: KeptBlock): string => `${OWN}${id}`;

export const ownBlockOf = (type: string): KeptBlock | undefined =>
  type.startsWith(OWN) ? useOwnBlocks.getState().blocks.find(({ id }) => `${OWN}${id}` === type) : undefined;

/** The definition that a kept block stands for. */
export function definitionOf({ fragment }: KeptBlock): { id: string; block: Block } | null {
  const [node] = Object.values(fragment.nodes);
  const id = blockIdOf(node?.type ?? '');
  const block = id === null ? undefined : fragment.blocks?.[id];
  return id !== null && block ? { id, block } : null;
}

/** Brings a kept block with what it needs into a document, and says what its type is there; any other type stays. */
export function bringIn(document: NetworkDocument, type: string): { document: NetworkDocument; type: string } {
  const own = ownBlockOf(type);
  const known = own && definitionOf(own);
  if (!own || !known) return { document, type };
  const { document: next, names } = adoptBlocks(document, own.fragment.blocks ?? {});
  return { document: next, type: blockType(names.get(known.id) ?? known.id) };
}
