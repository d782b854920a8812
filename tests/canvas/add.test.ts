import { describe, expect, it } from 'vitest';
import { datasetInfo } from '@/datasets';
import { edgeKey, type NetworkDocument, type NodeId, type Point } from '@/document';
import { addAfterSelection, insertLayer, type Situation } from '@/editor/canvas/adding/add';
import { overlaps } from '@/editor/canvas/geometry';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import { smallResnet } from '@/gallery/residual/smallResnet';
import { inferDocument } from '@/inference';

const { fields } = datasetInfo('mnist') ?? {};

const situation = (document: NetworkDocument): Situation => ({
  document,
  inference: inferDocument(document, fields),
  fields,
  direction: 'down',
});

const select = (nodes: NodeId[], edges: string[] = []) => ({ nodes: new Set(nodes), edges: new Set(edges) });

const wiresOf = (document: NetworkDocument, id: NodeId): string[] =>
  document.graph.edges
    .filter(({ from, to }) => from[0] === id || to[0] === id)
    .map(({ from, to }) => `${from[0]}>${to[0]}`);

function noneOverlap(document: NetworkDocument): void {
  const places = Object.values(document.graph.nodes).map(({ at }): Point => at ?? [Number.NaN, 0]);
  for (const [index, place] of places.entries())
    for (const other of places.slice(index + 1)) expect(overlaps(place, other, 0)).toBe(false);
}

const EMPTY: NetworkDocument = { ...lenet5, graph: { nodes: {}, edges: [] } };

describe('adding a layer after the selection', () => {
  it('goes on the wire out of the selected node, and the rest makes room', () => {
    const { document, id } = addAfterSelection(situation(lenet5), 'dropout', select(['dense1']), [0, 0]);
    expect(wiresOf(document, id)).toEqual(['dense1>dropout1', 'dropout1>dense2']);
    noneOverlap(document);
  });

  it('goes on the selected wire', () => {
    const [edge] = lenet5.graph.edges;
    if (!edge) throw new Error('LeNet has wires');
    const { document, id } = addAfterSelection(
      situation(lenet5),
      'batchNormalization',
      select([], [edgeKey(edge)]),
      [0, 0],
    );
    expect(wiresOf(document, id)).toEqual(['image>batchNormalization1', 'batchNormalization1>conv1']);
    noneOverlap(document);
  });

  it('becomes a branch where the layers after it could not bear it', () => {
    const { document, id } = addAfterSelection(situation(lenet5), 'flatten', select(['conv1']), [0, 0]);
    expect(wiresOf(document, id)).toEqual(['conv1>flatten1']);
    noneOverlap(document);
  });

  it('stands beside where it does not fit', () => {
    const { document, id } = addAfterSelection(situation(lenet5), 'conv2d', select(['flatten']), [0, 0]);
    expect(wiresOf(document, id)).toEqual([]);
    noneOverlap(document);
  });

  it('builds a chain from nothing, one after the other', () => {
    let document = EMPTY;
    let selected: NodeId[] = [];
    for (const type of ['input', 'flatten', 'dense', 'crossEntropy']) {
      const added = addAfterSelection(situation(document), type, select(selected), [0, 0]);
      document = added.document;
      selected = [added.id];
    }
    expect(document.graph.edges.map(({ from, to }) => `${from[0]}>${to[0]}`)).toEqual([
      'input1>flatten1',
      'flatten1>dense1',
      'dense1>crossEntropy1',
    ]);
    noneOverlap(document);
  });

  it('goes after the one open end where nothing is selected', () => {
    const open = { ...lenet5, graph: { ...lenet5.graph, nodes: { ...lenet5.graph.nodes } } };
    delete open.graph.nodes.loss;
    open.graph.edges = open.graph.edges.filter(({ to }) => to[0] !== 'loss');
    const { document, id } = addAfterSelection(situation(open), 'crossEntropy', select([]), [0, 0]);
    expect(wiresOf(document, id)).toEqual([`dense3>${id}`]);
  });

  it('goes where the view is where the network is complete', () => {
    const { document, id } = addAfterSelection(situation(lenet5), 'dense', select([]), [900, 900]);
    expect(document.graph.nodes[id]?.at).toEqual([900, 900]);
    expect(wiresOf(document, id)).toEqual([]);
  });
});

describe('inserting on every wire of a residual network', () => {
  it.each(smallResnet.graph.edges.map((edge) => [`${edge.from[0]} to ${edge.to[0]}`, edge] as const))(
    'overlaps nothing: %s',
    (_, edge) => {
      for (const direction of ['down', 'right'] as const) {
        const { document } = insertLayer({ ...situation(smallResnet), direction }, edge, 'activation');
        expect(document.graph.edges).toHaveLength(smallResnet.graph.edges.length + 1);
        if (direction === 'down') noneOverlap(document);
      }
    },
  );
});
