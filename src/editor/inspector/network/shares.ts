import type { NetworkDocument, NodeId } from '@/document';
import type { Inference } from '@/inference';
import { isKnown } from '@/layers';

export interface Share {
  id: NodeId;
  name: string;
  value: number;
}

/** What each layer gives to a total, in the order of the network. A tied layer's weights are its owner's. */
export function sharesOf(document: NetworkDocument, inference: Inference, measure: 'parameters' | 'macs'): Share[] {
  return inference.order.flatMap((id) => {
    const node = document.graph.nodes[id];
    const value = inference.nodes.get(id)?.[measure];
    if (!node || value === undefined || !isKnown(value) || value === 0) return [];
    if (measure === 'parameters' && node.tiedTo !== undefined) return [];
    return [{ id, name: node.name ?? id, value }];
  });
}
