import { describe, expect, it } from 'vitest';
import type { NetworkNode } from '@/document';
import { rowsOf } from '@/editor/inspector/params/rows';
import { layerOf } from '@/layers';

const keysOf = (type: string, ...params: NonNullable<NetworkNode['params']>[]): string[] => {
  const layer = layerOf(type);
  if (!layer) throw new Error(`no layer ${type}`);
  return rowsOf(
    layer,
    params.map((each) => ({ type, params: each })),
  ).map(({ key }) => key);
};

describe('the fields of a layer', () => {
  it('are those that have a meaning beside the others', () => {
    expect(keysOf('spectralNormalization', {})).not.toContain('kernelSize');
    expect(keysOf('spectralNormalization', { layer: 'conv2d' })).toContain('kernelSize');
    expect(keysOf('activation', { function: 'relu' })).toContain('maxValue');
    expect(keysOf('activation', { function: 'tanh', maxValue: 6 })).not.toContain('maxValue');
    expect(keysOf('bidirectional', { cell: 'simpleRnn' })).not.toContain('recurrentActivation');
    expect(keysOf('batchNormalization', { renorm: true })).toContain('renormRmax');
  });

  it('are those of any of several layers', () => {
    expect(keysOf('activation', { function: 'tanh' }, { function: 'elu' })).toContain('alpha');
  });

  it('are the same within another layer', () => {
    const inside = (params: NonNullable<NetworkNode['params']>) =>
      keysOf('timeDistributed', { layer: { type: 'activation', params } });
    expect(inside({ function: 'elu' })).toContain('layer/alpha');
    expect(inside({ function: 'relu' })).not.toContain('layer/alpha');
  });
});
