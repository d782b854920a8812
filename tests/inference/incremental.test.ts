import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Graph, moveNodes, type NetworkDocument, type NodeId, setParams, tie } from '@/document';
import { createInferencer, type FieldsOf, inferDocument } from '@/inference';
import { layerOf } from '@/layers';
import { randomEdit } from '../support/edits';
import { chain, randomOf, validNetwork } from '../support/networks';

/** Everything that is told of a network, in comparable form. Repairs are left out: finding them is a matter of its own. */
function told({ graph }: NetworkDocument, inference: ReturnType<typeof inferDocument>) {
  const ids = Object.keys(graph.nodes);
  return {
    totals: inference.totals,
    order: inference.order,
    known: new Set(inference.nodes.keys()),
    problems: inference.problems.map(({ repairs: _repairs, ...said }) => said),
    nodes: ids.map((id) => {
      const { problems, ...known } = inference.nodes.get(id) ?? { problems: [] };
      return [id, known, problems.map(({ message }) => message)];
    }),
    wires: ids.map((id) => [id, inference.incoming.get(id), inference.outgoing.get(id)]),
  };
}

const FIELDS: readonly FieldsOf[] = [undefined, { x: { kind: 'number', shape: [5], dtype: 'float32' } }];

/** The order by its definition, worked out the long way. */
function plainOrder({ nodes, edges }: Graph): NodeId[] {
  const ids = Object.keys(nodes);
  const wires = edges.filter(({ from, to }) => ids.includes(from[0]) && ids.includes(to[0]));
  const left = new Map(ids.map((id) => [id, wires.filter(({ to }) => to[0] === id).length]));
  const order = ids.filter((id) => left.get(id) === 0);
  for (const id of order) {
    for (const { from, to } of wires) {
      if (from[0] !== id) continue;
      const count = (left.get(to[0]) ?? 0) - 1;
      left.set(to[0], count);
      if (count === 0) order.push(to[0]);
    }
  }
  return [...order, ...ids.filter((id) => !order.includes(id))];
}

describe('inference after edits', () => {
  it.each([
    { name: 'of layers', blocks: false, numRuns: 60 },
    { name: 'with blocks', blocks: true, numRuns: 25 },
  ])('knows what a fresh look knows, whatever was done to a network $name', ({ blocks, numRuns }) => {
    fc.assert(
      fc.property(validNetwork, fc.nat(), (start, seed) => {
        const random = randomOf(seed);
        const kept = createInferencer();
        const history = [start];
        let document = start;
        let fields: FieldsOf;
        kept.update(document, fields);
        for (let edit = 0; edit < 25; edit++) {
          if (random() < 0.15) document = history[Math.floor(random() * history.length)] ?? start;
          else document = randomEdit(document, random, { blocks });
          if (random() < 0.05) fields = FIELDS[edit % FIELDS.length];
          // What grows without end says no more than what is small.
          if (Object.keys(document.graph.nodes).length > 25) document = start;
          history.push(document);
          const inference = kept.update(document, fields);
          expect(told(document, inference)).toEqual(told(document, inferDocument(document, fields)));
          expect(inference.order).toEqual(plainOrder(document.graph));
        }
      }),
      { numRuns },
    );
  });

  it('looks again at those who use the weights of a node that became another', () => {
    const start = chain([4], ['dense', { units: 4 }], ['dense', { units: 4 }], ['dense', { units: 4 }]);
    const tied = tie(start, 'n3', 'n2');
    const kept = createInferencer();
    expect(kept.update(tied, undefined).problems).toEqual([]);
    // Its weights keep their shapes, but are no longer its own.
    const { nodes } = tied.graph;
    const chained = { ...tied.graph, nodes: { ...nodes, n2: { type: 'dense', params: { units: 4 }, tiedTo: 'n1' } } };
    const said = kept.update({ ...tied, graph: chained }, undefined).problems;
    expect(said.map(({ node, code }) => [node, code])).toEqual([['n3', 'tie']]);
    expect(kept.update(tied, undefined).problems).toEqual([]);
  });

  it('looks only at what depends on the edit', () => {
    // No two alike: what is the same is worked out once for all.
    const document = chain(
      [32, 32, 3],
      ...Array.from({ length: 20 }, (_, at): [string, { padding: string; filters: number }] => [
        'conv2d',
        { padding: 'same', filters: 4 + at },
      ]),
    );
    const kept = createInferencer();
    /** Layers of which something else is known after an edit, and how often the rule of Conv2D was asked. */
    const lookedAt = (edited: NetworkDocument): [looked: number, asked: number] => {
      const before = new Map(kept.update(document, undefined).nodes);
      rule.mockClear();
      const { nodes } = kept.update(edited, undefined);
      return [[...nodes].filter(([id, known]) => before.get(id) !== known).length, rule.mock.calls.length];
    };
    const conv = layerOf('conv2d');
    if (!conv) throw new Error('no conv2d');
    const rule = vi.spyOn(conv, 'infer');
    expect(lookedAt(setParams(document, 'n10', { activation: 'relu' }))).toEqual([1, 1]);
    expect(lookedAt(setParams(document, 'n10', { filters: 50 }))).toEqual([2, 2]);
    expect(lookedAt(setParams(document, 'n1', { padding: 'valid' }))).toEqual([20, 20]);
    expect(lookedAt(setParams(document, 'n1', { padding: 'valid' }))).toEqual([20, 0]);
    expect(lookedAt(moveNodes(document, { n1: [7, 7] }))).toEqual([0, 0]);
    rule.mockRestore();
  });
});
