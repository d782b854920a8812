import { describe, expect, it } from 'vitest';
import { searchLayers } from '@/editor/palette/search';
import { LAYERS } from '@/layers';

const best = (query: string): string | undefined => searchLayers(query)[0]?.title;

describe('searching layers', () => {
  it.each([
    ['conv', 'Conv2D'],
    ['Conv2D', 'Conv2D'],
    ['conv 2d', 'Conv2D'],
    ['fully connected', 'Dense'],
    ['linear', 'Dense'],
    ['bn', 'BatchNormalization'],
    ['gap', 'GlobalAveragePooling2D'],
    ['max', 'MaxPooling2D'],
    ['skip', 'Add'],
    ['flaten', 'Flatten'],
    ['dorpout', 'Dropout'],
    ['dence', 'Dense'],
  ])('%s finds %s', (query, title) => {
    expect(searchLayers(query).map((layer) => layer.title)).toContain(title);
  });

  it.each([
    ['dense', 'Dense'],
    ['max pool', 'MaxPooling2D'],
    ['add', 'Add'],
    ['input', 'Input'],
  ])('%s finds %s first', (query, title) => {
    expect(best(query)).toBe(title);
  });

  it('gives everything in the palette’s order for an empty query', () => {
    expect(searchLayers('  ')).toEqual(LAYERS);
  });

  it('gives nothing for what is no layer', () => {
    expect(searchLayers('qwertz')).toEqual([]);
  });
});
