import { describe, expect, it } from 'vitest';
import { detoursOf, type Edge, edgeKey, labelsOf, PITCH, type Point } from '@/document';

const { along, across } = PITCH.down;

/** Cards by column and row. */
const at = (cards: Record<string, [column: number, row: number]>): Map<string, Point> =>
  new Map(Object.entries(cards).map(([id, [column, row]]) => [id, [column * across, row * along]]));

const wire = (from: string, to: string, ports: [string, string] = ['out', 'in']): Edge => ({
  from: [from, ports[0]],
  to: [to, ports[1]],
});

const placed = (edges: Edge[], cards: Map<string, Point>) =>
  labelsOf(edges, cards, detoursOf(edges, cards, 'down'), 'down');

describe('the shapes on the wires', () => {
  it('stand on the right of a chain', () => {
    const edges = [wire('a', 'b'), wire('b', 'c')];
    const labels = placed(edges, at({ a: [0, 0], b: [0, 1], c: [0, 2] }));
    expect([...labels.values()].map(({ side }) => side)).toEqual(['right', 'right']);
  });

  it('are said once of one port: query, value and key of the same', () => {
    const edges = ['query', 'value', 'key'].map((port) => wire('norm', 'attention', ['out', port]));
    const labels = placed(edges, at({ norm: [0, 0], attention: [0, 1] }));
    expect([...labels.keys()]).toEqual([edgeKey(wire('norm', 'attention', ['out', 'query']))]);
  });

  it('are said where a port’s wires part on the one that runs straightest', () => {
    const edges = [wire('pool', 'left'), wire('pool', 'middle'), wire('pool', 'right')];
    const labels = placed(edges, at({ pool: [0, 0], left: [-1, 1], middle: [0, 1], right: [1, 1] }));
    expect([...labels.keys()]).toEqual([edgeKey(wire('pool', 'middle'))]);
  });

  it('make way for a skip, which leaves to the right and has its own', () => {
    const edges = [wire('a', 'b'), wire('b', 'add'), wire('a', 'add')];
    const labels = placed(edges, at({ a: [0, 0], b: [0, 1], add: [0, 2] }));
    expect(edges.map((edge) => labels.get(edgeKey(edge))?.side)).toEqual(['left', 'left', 'right']);
  });

  it('of several outputs of a card each know of the one beside', () => {
    const edges = [wire('encoder', 'decoder', ['hidden', 'hidden']), wire('encoder', 'decoder', ['cell', 'cell'])];
    const labels = placed(edges, at({ encoder: [0, 0], decoder: [0, 1] }));
    expect(edges.map((edge) => labels.get(edgeKey(edge))?.beside)).toEqual([null, 'hidden']);
  });
});
