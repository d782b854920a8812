/** What a picture shows of a network: its cards and wires, from the document and what inference says of it. */
import type { NetworkDocument, NodeId } from '@/document';
import type { Inference } from '@/inference';
import { type Dim, type Family, formatDim, formatShape, isKnown, layerIn, nameOf } from '@/layers';
import type { PictureCard, PictureView } from './svg';

/** After Okabe and Ito: told apart without colour vision, on light and on dark. */
const FAMILY_COLORS: Readonly<Record<Family, string>> = {
  input: '#7f7f7f',
  core: '#e69f00',
  convolution: '#0072b2',
  pooling: '#56b4e9',
  recurrent: '#c44e52',
  attention: '#b8860b',
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

/** The distance between rows and columns where a node says nowhere where it lies. */
const SPACING = { x: 280, y: 130 };

export interface PictureOptions {
  /** The cards' size on the canvas. */
  card?: { width: number; height: number };
  /** The families' colours on the canvas. */
  colors?: Partial<Record<Family, string>>;
}

/**
 * The view of a network as it lies on the canvas. If a node has no place there (a document written by hand), all
 * are laid out in rows, each below what feeds it.
 */
export function pictureView(
  document: NetworkDocument,
  inference: Inference,
  { card = { width: 216, height: 72 }, colors = {} }: PictureOptions = {},
): PictureView {
  const { name, graph } = document;
  const nodes = Object.entries(graph.nodes);
  const places = nodes.every(([, node]) => node.at !== undefined)
    ? new Map(nodes.map(([id, node]) => [id, node.at]))
    : inRows(inference);

  const cards = nodes.map(([id, node]): PictureCard => {
    const layer = layerIn(document, node.type);
    const known = inference.nodes.get(id);
    const [x = 0, y = 0] = places.get(id) ?? [];
    return {
      id,
      title: layer?.title ?? node.type,
      name: nameOf(id, node),
      detail: (known?.params && layer?.digest(known.params).join(' · ')) ?? '',
      shape: known?.output && layer?.role !== 'loss' ? formatShape(known.output.shape) : '',
      params: known && known.parameters !== 0 ? formatCount(known.parameters) : '',
      color: layer ? (colors[layer.family] ?? FAMILY_COLORS[layer.family]) : UNKNOWN_COLOR,
      x,
      y,
      ...card,
    };
  });

  const wires = graph.edges.map(({ from: [from], to: [to] }) => {
    const output = inference.nodes.get(from)?.output;
    return { from, to, ...(output && { label: formatShape(output.shape) }) };
  });
  return { title: name, cards, wires };
}

/** Each node one row below the lowest that feeds it, beside the others of its row. */
function inRows({ order, incoming }: Inference): Map<NodeId, readonly [number, number]> {
  const rows = new Map<NodeId, number>();
  const filled: number[] = [];
  const places = new Map<NodeId, readonly [number, number]>();
  for (const id of order) {
    const sources = incoming.get(id) ?? [];
    const row = Math.max(-1, ...sources.map(({ from: [source] }) => rows.get(source) ?? -1)) + 1;
    const column = filled[row] ?? 0;
    filled[row] = column + 1;
    rows.set(id, row);
    places.set(id, [column * SPACING.x, row * SPACING.y]);
  }
  return places;
}

const grouped = new Intl.NumberFormat('en-US');

const formatCount = (count: Dim): string => (isKnown(count) ? grouped.format(count) : formatDim(count));
