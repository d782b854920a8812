import { describe, expect, it } from 'vitest';
import { moveNodes, type NetworkDocument, placesOf, setParams, tie, untie } from '@/document';
import { type LayerFlowNode, toFlowEdges, toFlowNodes, type WireFlowEdge } from '@/editor/canvas/flow/convert';
import { lenet5 } from '@/gallery/convolutional/lenet5';
import { smallResnet } from '@/gallery/residual/smallResnet';
import { unet } from '@/gallery/segmentation/unet';
import { inferDocument } from '@/inference';

const NOTHING = { nodes: new Set<string>(), edges: new Set<string>() };
const fields = { image: { kind: 'image', shape: [28, 28, 1], dtype: 'float32' } } as const;

interface Flow {
  nodes: LayerFlowNode[];
  edges: WireFlowEdge[];
}

const flowOf = (document: NetworkDocument, before: Flow = { nodes: [], edges: [] }, chosen = NOTHING): Flow => {
  const places = placesOf(document, 'down');
  return {
    nodes: toFlowNodes(document, inferDocument(document, fields), 'down', chosen, places, before.nodes, null),
    edges: toFlowEdges(document, 'down', chosen, places, before.edges),
  };
};

const changed = (before: readonly { id: string }[], after: readonly { id: string }[]): string[] =>
  after.filter((item) => !before.includes(item)).map(({ id }) => id);

describe('the document as a flow', () => {
  it('gives the very same lists for the same document', () => {
    const before = flowOf(lenet5);
    const after = flowOf(lenet5, before);
    expect(after.nodes).toBe(before.nodes);
    expect(after.edges).toBe(before.edges);
  });

  it('replaces only the node that moved', () => {
    const before = flowOf(lenet5);
    const after = flowOf(moveNodes(lenet5, { conv2: [500, 500] }), before);
    expect(changed(before.nodes, after.nodes)).toEqual(['conv2']);
    expect(after.nodes.find(({ id }) => id === 'conv2')?.position).toEqual({ x: 500, y: 500 });
  });

  it('replaces only those whose words changed when a shape did', () => {
    const before = flowOf(lenet5);
    const after = flowOf(setParams(lenet5, 'dense2', { units: 85 }), before);
    expect(changed(before.nodes, after.nodes)).toEqual(['dense2', 'dense3']);
    expect(after.edges).toBe(before.edges);
  });

  it('marks the owner of shared weights as well as those who use them', () => {
    const tied = tie(lenet5, 'dense2', 'dense1');
    const before = flowOf(lenet5);
    const after = flowOf(tied, before);
    const sharing = after.nodes.flatMap(({ id, data }) => (data.shares === null ? [] : [[id, data.shares]]));
    expect(sharing).toEqual([
      ['dense1', 'dense1'],
      ['dense2', 'dense1'],
    ]);
    expect(flowOf(untie(tied, 'dense2'), after).nodes.every(({ data }) => data.shares === null)).toBe(true);
  });

  it('replaces only what was selected', () => {
    const before = flowOf(lenet5);
    const after = flowOf(lenet5, before, { nodes: new Set(['conv1']), edges: new Set() });
    expect(changed(before.nodes, after.nodes)).toEqual(['conv1']);
  });

  it('says what a screen reader should hear', () => {
    const { nodes, edges } = flowOf(lenet5);
    expect(nodes[1]?.ariaLabel).toBe('Conv2D conv1, output 28×28×6, 156 parameters');
    expect(edges[0]?.ariaLabel).toBe('Wire from image to conv1');
  });

  it('leads a skip connection around the cards between its ends, and no other wire', () => {
    const { edges } = flowOf(smallResnet);
    const around = edges
      .filter(({ data }) => (data?.detour ?? 0) !== 0)
      .map(({ source, target }) => `${source}>${target}`);
    expect(around).toContain('relu1>add2');
    expect(around).not.toContain('image>conv1');
  });

  it('leads a wire from another column along that column, and over only at its end', () => {
    const detours = Object.fromEntries(
      flowOf(smallResnet).edges.map(({ source, target, data }) => [`${source}>${target}`, data?.detour]),
    );
    expect(detours['project>add3']).toBe('source');
  });

  it('gives skip connections that lie within each other lanes of their own', () => {
    const { edges } = flowOf(unet);
    const lanes = edges.map(({ data }) => data?.detour).filter((detour) => detour !== 0);
    expect(lanes).toHaveLength(4);
    expect(new Set(lanes).size).toBe(4);
  });

  it('finds a place for nodes that say none', () => {
    const bare = structuredClone(lenet5);
    for (const node of Object.values(bare.graph.nodes)) delete node.at;
    const ys = flowOf(bare).nodes.map(({ position }) => position.y);
    expect(ys).toEqual([...ys].sort((a, b) => a - b));
    expect(new Set(ys).size).toBe(ys.length);
  });

  it('shows wires into ports that a layer does not have', () => {
    const odd = {
      ...lenet5,
      graph: { ...lenet5.graph, edges: [{ from: ['conv1', 'out'], to: ['image', 'x'] }] },
    } as NetworkDocument;
    const { nodes } = flowOf(odd);
    expect(nodes.find(({ id }) => id === 'image')?.data.ports.inputs).toEqual(['x']);
  });
});
