import { describe, expect, it } from 'vitest';
import { heirOf } from '@/editor/canvas/keptFocus';

describe('who gets the focus of a node that is gone', () => {
  it.each<[what: string, after: string[], selected: string[], heir: string | undefined]>([
    ['what is selected now', ['a', 'c', 'block'], ['block'], 'block'],
    ['what came before it', ['a', 'c'], [], 'a'],
    ['what comes after it, at the beginning', ['c'], [], 'c'],
    ['not what is selected and gone', ['a', 'c'], ['b'], 'a'],
    ['the first of another graph', ['x', 'y'], [], 'x'],
    ['nobody, of an empty network', [], [], undefined],
  ])('%s', (_, after, selected, heir) => {
    expect(heirOf('b', ['a', 'b', 'c'], after, selected)).toBe(heir);
  });
});
