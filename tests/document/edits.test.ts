import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNode,
  connect,
  copyNodes,
  disconnect,
  duplicateNodes,
  formatFragment,
  insertOnEdge,
  moveNodes,
  type NetworkDocument,
  parseFragment,
  pasteNodes,
  removeNodes,
  renameNode,
  setParams,
  setTrainable,
  setTraining,
} from '@/document';
import { chain, validNetwork } from '../support/networks';

const three = chain([8, 8, 1], ['conv2d'], ['flatten'], ['dense', { units: 3 }]);
const wires = ({ graph }: NetworkDocument) => graph.edges.map(({ from, to }) => `${from[0]}→${to[0]}`);

describe('edits', () => {
  it('leave the document they were given alone', () => {
    const before = JSON.stringify(three);
    removeNodes(three, ['n1'], () => true);
    setParams(three, 'n3', { units: 9 });
    insertOnEdge(three, three.graph.edges[0] as never, { type: 'dropout' });
    moveNodes(three, { n1: [5, 5] });
    expect(JSON.stringify(three)).toBe(before);
  });

  it('return the same document where nothing changes', () => {
    expect(setParams(three, 'n3', { units: 3 })).toBe(three);
    expect(setParams(three, 'nowhere', { units: 3 })).toBe(three);
    expect(renameNode(three, 'n1', 'n1')).toBe(three);
    expect(moveNodes(three, { n1: [0, 100] })).toBe(three);
    expect(connect(three, ['n1', 'out'], ['n2', 'in'])).toBe(three);
    expect(disconnect(three, { from: ['n1', 'out'], to: ['n3', 'in'] })).toBe(three);
    expect(setTraining(three, { epochs: three.training.epochs })).toBe(three);
    expect(setTrainable(three, 'n1', true)).toBe(three);
    expect(removeNodes(three, ['nowhere'])).toBe(three);
  });

  it('share what did not change', () => {
    const edited = setParams(three, 'n3', { units: 9 });
    expect(edited.graph.nodes.n1).toBe(three.graph.nodes.n1);
    expect(edited.graph.edges).toBe(three.graph.edges);
  });

  it('add under a fresh id that reads well', () => {
    const { document, id } = addNode(three, { type: 'conv2d', at: [1, 2] });
    expect(id).toBe('conv1');
    expect(addNode(document, { type: 'conv2d' }).id).toBe('conv2');
    expect(document.graph.nodes.conv1).toEqual({ type: 'conv2d', at: [1, 2] });
  });

  it('insert on a wire, keeping the place among the wires of a port', () => {
    const merged = connect(
      connect(addNode(three, { type: 'add' }).document, ['n1', 'out'], ['add1', 'in']),
      ['input', 'out'],
      ['add1', 'in'],
    );
    const edge = merged.graph.edges.find(({ to }) => to[0] === 'add1');
    if (!edge) throw new Error('no wire');
    const { document } = insertOnEdge(merged, edge, { type: 'dropout' });
    expect(wires(document).filter((wire) => wire.endsWith('add1'))).toEqual(['dropout1→add1', 'input→add1']);
    expect(wires(document)).toContain('n1→dropout1');
  });

  it('delete and heal the wire where that is wanted', () => {
    expect(wires(removeNodes(three, ['n2'], () => true))).toEqual(['input→n1', 'n1→n3']);
    expect(wires(removeNodes(three, ['n2']))).toEqual(['input→n1']);
    expect(wires(removeNodes(three, ['n1', 'n2'], () => true))).toEqual(['input→n3']);
  });

  it('delete takes a node out of ties and phases', () => {
    const tied: NetworkDocument = {
      ...three,
      graph: { ...three.graph, nodes: { ...three.graph.nodes, twin: { type: 'dense', tiedTo: 'n3' } } },
      training: {
        ...three.training,
        phases: [
          {
            minimise: ['n3'],
            train: ['n3', 'n1'],
            optimizer: { type: 'sgd', learningRate: 1, momentum: 0, nesterov: false },
          },
        ],
      },
    };
    const { graph, training } = removeNodes(tied, ['n3']);
    expect(graph.nodes.twin).toEqual({ type: 'dense' });
    expect(training.phases[0]).toMatchObject({ minimise: [], train: ['n1'] });
  });

  it('replace the wire of a port that holds one', () => {
    expect(wires(connect(three, ['input', 'out'], ['n3', 'in'], { replace: true }))).toEqual([
      'input→n1',
      'n1→n2',
      'input→n3',
    ]);
  });

  it('set, reset and drop parameters', () => {
    expect(setParams(three, 'n3', { units: undefined }).graph.nodes.n3).toEqual({ type: 'dense', at: [0, 300] });
    expect(setParams(three, 'n3', { useBias: false }).graph.nodes.n3?.params).toEqual({ units: 3, useBias: false });
  });

  it('copy and paste through text, twice, without meeting', () => {
    const fragment = parseFragment(formatFragment(copyNodes(three, ['n1', 'n2'])));
    const once = pasteNodes(three, fragment, [10, 20]);
    const twice = pasteNodes(once.document, fragment, [20, 40]);
    expect(once.ids).toEqual(['conv1', 'flatten1']);
    expect(twice.ids).toEqual(['conv2', 'flatten2']);
    expect(wires(twice.document).slice(3)).toEqual(['conv1→flatten1', 'conv2→flatten2']);
    expect(once.document.graph.nodes.conv1?.at).toEqual([10, 120]);
  });

  it('duplicate what is chosen', () => {
    const { document, ids } = duplicateNodes(three, ['n3']);
    expect(ids).toEqual(['dense1']);
    expect(document.graph.nodes.dense1?.params).toEqual({ units: 3 });
  });

  it('never leave a wire without its ends, whatever is deleted', () => {
    fc.assert(
      fc.property(validNetwork, fc.nat(), fc.boolean(), (document, at, heal) => {
        const ids = Object.keys(document.graph.nodes);
        const { graph } = removeNodes(document, [ids[at % ids.length] ?? ''], () => heal);
        for (const { from, to } of graph.edges) {
          expect(graph.nodes).toHaveProperty([from[0]]);
          expect(graph.nodes).toHaveProperty([to[0]]);
        }
        expect(new Set(graph.edges.map((edge) => JSON.stringify(edge))).size).toBe(graph.edges.length);
      }),
      { numRuns: 300 },
    );
  });
});
