/** ResNet-152 with its blocks opened out to single layers, laid out as the app does: one and several of them. */
import { flatten, formatDocument, layered, type NetworkDocument } from '@/document';
import { openFromGallery } from '@/gallery';
import type { Figure } from './figure';

/** @param times so many of them side by side, as one document */
export async function openedOut(times = 1): Promise<NetworkDocument> {
  const { graph, ...rest } = flatten(await openFromGallery('resnet-152')).document;
  const copies = Array.from({ length: times }, (_, at) => (id: string) => (at === 0 ? id : `${id}#${at + 1}`));
  const nodes = copies.flatMap((named) => Object.entries(graph.nodes).map(([id, node]) => [named(id), node] as const));
  const edges = copies.flatMap((named) =>
    graph.edges.map(({ from, to }) => ({
      from: [named(from[0]), from[1]] as [string, string],
      to: [named(to[0]), to[1]] as [string, string],
    })),
  );
  const places = layered(
    nodes.map(([id]) => id),
    edges,
    'down',
  );
  const placed = nodes.map(([id, node]) => [id, { ...node, at: [...(places.get(id) ?? [0, 0])] }]);
  return { ...rest, graph: { nodes: Object.fromEntries(placed), edges } };
}

export const textOf = (document: NetworkDocument): string => formatDocument(document);

export const figureOf = ({ graph }: NetworkDocument): Figure => ({
  cards: Object.entries(graph.nodes).map(([id, { at }]) => ({ id, at: at ?? [0, 0] })),
  wires: graph.edges.map(({ from, to }) => ({ from: from[0], to: to[0] })),
});
