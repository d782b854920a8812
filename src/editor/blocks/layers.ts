/** What can be added where one looks: the catalogue, inside a block its ports too, and the network's own blocks. */
import { blocksNeeded, blockType, type NetworkDocument } from '@/document';
import { BLOCK_PORTS, LAYERS, type LayerDeclaration, layerIn } from '@/layers';
import { useNetwork } from '@/state/network';
import { definitionOf, ownType } from '@/state/ownBlocks';
import type { KeptBlock } from '@/state/storage';

const OFFERED = LAYERS.filter(({ importedOnly }) => !importedOnly);

/** The blocks that may stand in a graph: none that holds the graph's own block, which would be without end. */
export function blocksFor(document: NetworkDocument, around: string | null): LayerDeclaration[] {
  const { blocks = {} } = document;
  return Object.keys(blocks).flatMap((id) => {
    if (around !== null && blocksNeeded(blocks, [id]).includes(around)) return [];
    return layerIn(document, blockType(id)) ?? [];
  });
}

/** The person's own blocks as layers to add. */
export function ownLayers(document: NetworkDocument, kept: readonly KeptBlock[]): LayerDeclaration[] {
  return kept.flatMap((own) => {
    const known = definitionOf(own);
    const layer = known && layerIn({ ...document, blocks: { [known.id]: known.block } }, blockType(known.id));
    return layer ? [{ ...layer, type: ownType(own), title: own.title }] : [];
  });
}

function layersIn(document: NetworkDocument, around: string | null): LayerDeclaration[] {
  return [...(around === null ? [] : BLOCK_PORTS), ...blocksFor(document, around), ...OFFERED];
}

export function layersHere(): LayerDeclaration[] {
  const { document, block } = useNetwork.getState();
  return layersIn(document, block);
}
