/** What of two networks must be alike where blocks are only another way to draw one. */
import { createHash } from 'node:crypto';
import { flatten, type NetworkDocument, type NodeId } from '@/document';
import { inferDocument } from '@/inference';

/**
 * A network's meaning without its names: every layer with its settings, shapes and counts, and the layers that
 * feed it, in order. Layers are told by what lies upstream of them, so ids do not matter.
 */
export function meaningOf(document: NetworkDocument): { totals: unknown; layers: string[] } {
  const { document: flat } = flatten(document);
  const inference = inferDocument(flat, undefined);
  const words = new Map<NodeId, string>();
  const short = (word: string): string => createHash('sha1').update(word).digest('hex');
  for (const id of inference.order) {
    const node = flat.graph.nodes[id];
    const known = inference.nodes.get(id);
    const from = (inference.incoming.get(id) ?? []).map(
      ({ from: [source, port], to }) => `${to[1]}<${port}<${short(words.get(source) ?? '')}`,
    );
    const owner = node?.tiedTo === undefined ? null : (words.get(node.tiedTo) ?? 'later');
    const { params, outputs, parameters, trainable, macs, flops } = known ?? {};
    words.set(
      id,
      JSON.stringify([
        node?.type,
        params,
        outputs,
        parameters,
        trainable,
        macs,
        flops,
        inPortOrder(from),
        owner && short(owner),
      ]),
    );
  }
  return { totals: inference.totals, layers: [...words.values()].sort() };
}

/** Wires to one port keep their order; which port's come first has no meaning. */
const inPortOrder = (wires: string[]): string[] =>
  wires.toSorted((a, b) =>
    (a.split('<')[0] ?? '') < (b.split('<')[0] ?? '') ? -1 : a.split('<')[0] === b.split('<')[0] ? 0 : 1,
  );
