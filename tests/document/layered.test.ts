import { describe, expect, it } from 'vitest';
import { CARD, type Edge, layered, PITCH, type Point } from '@/document';
import { overlaps } from '@/editor/canvas/geometry';

const wires = (...pairs: string[]): Edge[] =>
  pairs.map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from: [from, 'out'], to: [to, 'in'] };
  });

describe('the layered layout', () => {
  it('puts a chain in one column, each below what feeds it', () => {
    const places = layered(['a', 'b', 'c'], wires('a>b', 'b>c'), 'down');
    expect([...places.values()]).toEqual([
      [-CARD.width / 2, 0],
      [-CARD.width / 2, PITCH.down.along],
      [-CARD.width / 2, 2 * PITCH.down.along],
    ]);
  });

  it('runs to the right where that is wanted', () => {
    const places = layered(['a', 'b'], wires('a>b'), 'right');
    expect(places.get('b')).toEqual([PITCH.right.along, 0]);
  });

  it('ranks by the longest way: a merge lies below both its branches', () => {
    const places = layered(['in', 'a', 'b', 'add'], wires('in>a', 'a>b', 'b>add', 'in>add'), 'down');
    expect(places.get('add')?.[1]).toBe(3 * PITCH.down.along);
  });

  it('orders branches so that their wires do not cross', () => {
    const places = layered(['r', 'a', 'b', 'c', 'd'], wires('r>a', 'r>b', 'b>c', 'a>d'), 'down');
    const x = (id: string) => places.get(id)?.[0] ?? Number.NaN;
    expect(Math.sign(x('a') - x('b'))).toBe(Math.sign(x('d') - x('c')));
  });

  it('places circles, loose nodes and wires to nowhere without overlap', () => {
    const ids = ['a', 'b', 'c', 'loose', 'self'];
    const places = layered(ids, wires('a>b', 'b>c', 'c>a', 'self>self', 'a>gone', 'gone>b'), 'down');
    expect([...places.keys()].sort()).toEqual([...ids].sort());
    const all = [...places.values()];
    for (const [at, place] of all.entries())
      for (const other of all.slice(at + 1)) expect(overlaps(place, other)).toBe(false);
  });

  it('takes a chain of ten thousand', () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => `n${at}`);
    const edges = ids.slice(1).map((id, at): Edge => ({ from: [ids[at] ?? '', 'out'], to: [id, 'in'] }));
    expect(layered(ids, edges, 'down').get('n9999')?.[1]).toBe(9999 * PITCH.down.along);
  });

  const x = (places: ReadonlyMap<string, Point>, id: string) => places.get(id)?.[0] ?? Number.NaN;

  it('runs the longest way straight, past skips and branches', () => {
    const skip = layered(['in', 'a', 'b', 'add', 'c'], wires('in>a', 'a>b', 'b>add', 'in>add', 'add>c'), 'down');
    for (const id of ['a', 'b', 'add', 'c']) expect(x(skip, id)).toBe(x(skip, 'in'));
    const ids = ['in', 'a', 'b', 'c', 'side', 'add', 'end'];
    const branch = layered(ids, wires('in>a', 'a>b', 'b>c', 'c>add', 'in>side', 'side>add', 'add>end'), 'down');
    for (const id of ['a', 'b', 'c', 'add', 'end']) expect(x(branch, id)).toBe(x(branch, 'in'));
    expect(Math.abs(x(branch, 'side') - x(branch, 'a'))).toBe(PITCH.down.across);
  });

  it('puts a second input right above where it comes in', () => {
    const ids = ['in', 'late', 'prepare', 'a', 'b', 'c', 'join'];
    const places = layered(ids, wires('in>a', 'a>b', 'b>c', 'c>join', 'late>prepare', 'prepare>join'), 'down');
    const rank = (id: string) => (places.get(id)?.[1] ?? Number.NaN) / PITCH.down.along;
    expect([rank('late'), rank('prepare'), rank('join')]).toEqual([2, 3, 4]);
  });

  it('never lets two cards touch', () => {
    // Every layer reads all before it, as in DenseNet: as many long wires as there can be.
    const ids = Array.from({ length: 300 }, (_, at) => `n${at}`);
    const edges = ids.flatMap((to, at) =>
      ids.slice(0, at).map((from): Edge => ({ from: [from, 'out'], to: [to, 'in'] })),
    );
    const dense = [...layered(ids, edges, 'down').values()];
    for (const [at, place] of dense.entries())
      for (const other of dense.slice(at + 1)) expect(overlaps(place, other)).toBe(false);
  });

  it('lays out nothing', () => {
    expect(layered([], [], 'down').size).toBe(0);
  });
});
