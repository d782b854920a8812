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

describe('layers whose kernel is normalised', () => {
  it('have the weights of the layer inside, and their own', () => {
    expect(ruled([4], 'spectralNormalization', { units: 3 })).toMatchObject({
      weights: ['kernel 4×3', 'vector_u 1×3', 'bias 3'],
      parameters: 18,
      trainable: 15,
      output: [3],
    });
    expect(ruled([8, 8, 2], 'weightNormalization', { layer: 'conv2d', units: 5, useBias: false })).toMatchObject({
      weights: ['kernel 3×3×2×5', 'g 5'],
      parameters: 95,
      output: [6, 6, 5],
    });
  });

  it('pass on what the layer inside refuses, with what mends it', () => {
    const small = ruled([2, 2, 3], 'spectralNormalization', { layer: 'conv2d' });
    expect(small.problems[0]).toMatch('A 3×3 kernel does not fit into an input of 2×2×3');
    expect(small.repairs).toContain('Make padding “same”');
    const row = ruled([4], 'weightNormalization', { layer: 'conv2d' });
    expect(row.repairs).toEqual(['Use Dense']);
  });

  it('are written as Keras has them, the layer inside, and read again', () => {
    const params = { layer: 'conv2d', units: 5, kernelSize: [2, 2], activation: 'relu', powerIterations: 2 };
    const { className, config } = written([8, 8, 2], 'spectralNormalization', params);
    expect(config).toMatchObject({
      power_iterations: 2,
      layer: { class_name: 'Conv2D', config: { filters: 5, kernel_size: [2, 2], groups: 1, activation: 'relu' } },
    });
    expect(readAs(className, config)).toEqual({ type: 'spectralNormalization', params });
    const dense = written([4], 'spectralNormalization').config.layer as { config: object };
    expect(Object.keys(dense.config)).not.toContain('groups');
  });

  it('are not read around what they cannot hold', () => {
    const around = (class_name: string, config: object) =>
      readAs('SpectralNormalization', { layer: { class_name, config: { ...config, name: 'inside' } } });
    expect(around('Dense', { units: 3, activity_regularizer: null })).toMatchObject({ params: { units: 3 } });
    expect(around('Embedding', { input_dim: 3 })).toHaveProperty('unsupported');
    expect(around('Conv2D', { filters: 3, kernel_size: [3, 3], dilation_rate: [2, 2] })).toHaveProperty('unsupported');
  });
});
