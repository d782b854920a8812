/** What a picture shows of a network: its cards and wires, from the document and what inference says of it. */
import { CARD, type Direction, detoursOf, edgeKey, labelsOf, type NetworkDocument, placesOf } from '@/document';
import type { Inference } from '@/inference';
import { type Family, formatCount, formatShape, layerIn, nameOf } from '@/layers';
import type { PictureCard, PictureView, PictureWire } from './svg';

/** After Okabe and Ito: told apart without colour vision, on light and on dark. */
const FAMILY_COLORS: Readonly<Record<Family, string>> = {
  input: '#7f7f7f',
  core: '#e69f00',
  convolution: '#0072b2',
  pooling: '#56b4e9',
  recurrent: '#c44e52',
  attention: '#d6248a',
  normalization: '#009e73',
  regularization: '#8fb339',
  activation: '#cc79a7',
  merge: '#8a63d2',
  shape: '#a08060',
  maths: '#4b8a8a',
  preprocessing: '#6b7f3a',
  loss: '#d55e00',
  block: '#56607a',
};

const UNKNOWN_COLOR = '#7f7f7f';

/**
 * The view of a network as it lies on the canvas. If a node has no place there (a document written by hand), all
 * are laid out.
 */
export function pictureView(
  document: NetworkDocument,
  inference: Inference,
  direction: Direction = 'down',
): PictureView {
  const { name, graph } = document;
  const nodes = Object.entries(graph.nodes);
  const places = placesOf(document, direction);
  const detours = detoursOf(graph.edges, places, direction);

  const cards = nodes.map(([id, node]): PictureCard => {
    const layer = layerIn(document, node.type);
    const known = inference.nodes.get(id);
    const [x = 0, y = 0] = places.get(id) ?? [];
    const copies = inference.copiesOf(id);
    const title = layer?.title ?? node.type;
    const count = known && known.parameters !== 0 ? formatCount(known.parameters) : '';
    return {
      id,
      title: copies > 1 ? `${title} ×${copies}` : title,
      name: nameOf(id, node),
      detail: (known?.params && layer?.digest(known.params).join(' · ')) ?? '',
      shape: known?.output && layer?.role !== 'loss' ? formatShape(known.output.shape) : '',
      params: count !== '' && node.tiedTo !== undefined ? `shared ${count}` : count,
      color: layer ? FAMILY_COLORS[layer.family] : UNKNOWN_COLOR,
      ...(layer?.role === 'block' && { block: true }),
      x,
      y,
      ...CARD,
    };
  });

  const labels = labelsOf(graph.edges, places, detours, direction);
  // A card's wires leave from its middle, so those between the same two cards are one, with all that flows along it.
  const drawn = new Map<string, PictureWire & { shapes: Set<string> }>();
  for (const edge of graph.edges) {
    const [[from, port], [to]] = [edge.from, edge.to];
    const key = `${from} ${to}`;
    const wire = drawn.get(key) ?? { from, to, detour: detours.get(edgeKey(edge)) ?? 0, shapes: new Set() };
    const output = inference.nodes.get(from)?.outputs[port];
    if (output && labels.has(edgeKey(edge))) wire.shapes.add(formatShape(output.shape));
    drawn.set(key, wire);
  }
  const wires = [...drawn.values()].map(({ shapes, ...wire }) =>
    shapes.size === 0 ? wire : { ...wire, label: [...shapes].join(', ') },
  );
  return { title: name, direction, cards, wires };
}
