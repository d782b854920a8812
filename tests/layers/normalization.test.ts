import { describe, expect, it } from 'vitest';
import { layerOf } from '@/layers';
import { readAs, ruled, written } from './rules';

describe('batch normalisation', () => {
  it('has its weights along the axis of the channels', () => {
    expect(ruled([3, 8, 9], 'batchNormalization', { axis: 1 })).toMatchObject({ parameters: 12, trainable: 6 });
    expect(ruled([8, 9, 3], 'batchNormalization', { renorm: true })).toMatchObject({ parameters: 21, trainable: 6 });
  });

  it('counts averages as PyTorch does not', () => {
    const pytorch = ruled([8, 9, 3], 'batchNormalization', { renorm: true }).known?.weights.map(
      (weight) => weight.pytorch,
    );
    expect(pytorch).toEqual([undefined, undefined, 0, 0, 0, 0, 0]);
  });

  it('begins the deviation with the root of the variance', () => {
    const first = (movingVarianceInitializer: string | { type: string; value: number }) =>
      ruled([4], 'batchNormalization', { renorm: true, movingVarianceInitializer }).known?.weights.at(-1)?.initializer;
    expect(first('zeros')).toBe('zeros');
    expect(first({ type: 'constant', value: 4 })).toEqual({ type: 'constant', value: 2 });
    const random = ruled([4], 'batchNormalization', { renorm: true, movingVarianceInitializer: 'randomNormal' });
    expect(random.problems[0]).toMatch('must begin with a constant');
    expect(random.repairs).toEqual(['Begin with ones']);
  });

  it('refuses the batch, axes there are not, unknown channels and limits the wrong way round', () => {
    expect(ruled([4], 'batchNormalization', { axis: 0 }).problems[0]).toMatch('is the batch');
    expect(ruled([4], 'batchNormalization', { axis: -2 }).problems[0]).toMatch('is the batch');
    expect(ruled([4], 'batchNormalization', { axis: 2 }).repairs).toContain('Use the last axis');
    expect(ruled([8, 8, null], 'batchNormalization').problems[0]).toMatch('number of channels is unknown');
    const limits = ruled([4], 'batchNormalization', { renorm: true, renormRmin: 3, renormRmax: 0.5 });
    expect(limits.repairs).toEqual(['Swap them']);
  });

  it('writes the limits of renormalisation as Keras does, and reads them', () => {
    const params = { renorm: true, renormRmax: 3, renormRmin: 0.3, renormDmax: 5 };
    const { config } = written([4], 'batchNormalization', params);
    expect(config.renorm_clipping).toEqual({ rmin: 0.3, rmax: 3, dmax: 5 });
    expect(readAs('BatchNormalization', config)).toEqual({ type: 'batchNormalization', params });
    expect(written([4], 'batchNormalization').config.renorm_clipping).toBeNull();
    expect(readAs('BatchNormalization', { axis: [3] })).toEqual({ type: 'batchNormalization', params: { axis: 3 } });
  });
});

describe('layer normalisation', () => {
  it('has a weight for each value along its axes', () => {
    expect(ruled([5, 6, 3], 'layerNormalization', { axis: [-1, -3] })).toMatchObject({
      parameters: 30,
      weights: ['gamma 5×3', 'beta 5×3'],
    });
    expect(ruled([5, 6, 3], 'layerNormalization', { rmsScaling: true, scale: false }).weights).toEqual(['gamma 3']);
    expect(ruled([null, 3], 'layerNormalization').parameters).toBe(6);
  });

  it('refuses axes that are unknown, double, or counted from both ends', () => {
    const unknown = ruled([null, 3], 'layerNormalization', { axis: [1, 2] });
    expect(unknown.problems[0]).toMatch('Axis 1 is of unknown size');
    expect(unknown.repairs).toEqual(['Use the last axis']);
    const mixed = ruled([5, 6, 3], 'layerNormalization', { axis: [1, -1] });
    expect(mixed.problems[0]).toMatch('counted from both ends');
    expect(mixed.repairs).toEqual(['Use the axes 1, 3']);
    expect(ruled([5, 6], 'layerNormalization', { axis: [2, 2] }).repairs).toEqual(['Use the axes 2']);
  });

  it('writes one axis bare', () => {
    expect(written([5, 6], 'layerNormalization').config.axis).toBe(-1);
    expect(written([5, 6], 'layerNormalization', { axis: [1, 2] }).config.axis).toEqual([1, 2]);
  });
});

it('RMS normalisation works along the last axes, as Keras’s scale does', () => {
  expect(ruled([5, 6], 'rmsNormalization', { axis: [1, 2] }).parameters).toBe(30);
  const first = ruled([5, 6], 'rmsNormalization', { axis: [1] });
  expect(first.problems[0]).toMatch('The axes 1 are not the last one');
  expect(first.repairs).toEqual(['Use the last axis', 'Use the axes 2']);
});

describe('group normalisation', () => {
  it('splits the channels evenly or says how', () => {
    expect(ruled([8, 8, 12], 'groupNormalization', { groups: 4 })).toMatchObject({ parameters: 24, problems: [] });
    const uneven = ruled([8, 8, 12], 'groupNormalization');
    expect(uneven.problems).toEqual(['error: 32 groups do not divide 12 channels.']);
    expect(uneven.repairs).toEqual(['Use 12 groups', 'One group a channel']);
    expect(ruled([8, 8, 12], 'groupNormalization', { groups: 5 }).repairs[0]).toBe('Use 4 groups');
    expect(ruled([8, 8, 12], 'groupNormalization', { groups: 0 }).repairs[0]).toBe('Use one group');
  });

  it('warns where a group is a single value', () => {
    const alone = ruled([6], 'groupNormalization', { groups: -1 });
    expect(alone.problems[0]).toMatch(/^warning: Each of the 6 groups of 6 is a single value/);
    expect(alone.repairs).toEqual(['Use one group']);
  });

  it('is what instance normalisation is written as', () => {
    expect(written([8, 8, 3], 'instanceNormalization')).toMatchObject({
      className: 'GroupNormalization',
      config: { groups: -1, axis: -1 },
    });
    expect(layerOf('instanceNormalization')?.keras?.custom).toBeUndefined();
    expect(readAs('GroupNormalization', { groups: -1 })).toEqual({
      type: 'groupNormalization',
      params: { groups: -1 },
    });
  });
});
