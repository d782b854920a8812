import { describe, expect, it } from 'vitest';
import { compile, toKerasJson } from '@/compiler';
import { chain } from '../support/networks';
import { readAs, ruled } from './rules';

describe('LoRA', () => {
  it('adds weights of low rank and freezes the kernel', () => {
    expect(ruled([6], 'dense', { units: 4, loraRank: 2 })).toMatchObject({
      parameters: 24 + 4 + 12 + 8,
      trainable: 4 + 12 + 8,
      weights: ['kernel 6×4', 'bias 4', 'lora_kernel_a 6×2', 'lora_kernel_b 2×4'],
    });
  });

  it('puts the kernel’s penalty on the change', () => {
    const kernelRegularizer = { l1: 0.1, l2: 0 };
    const weights = ruled([6], 'dense', { loraRank: 1, useBias: false, kernelRegularizer }).known?.weights;
    expect(weights?.map(({ penalty }) => penalty)).toEqual([kernelRegularizer, kernelRegularizer, kernelRegularizer]);
  });

  it('refuses a kernel that is held to a constraint', () => {
    const held = ruled([6], 'dense', { loraRank: 2, kernelConstraint: 'nonNeg' });
    expect(held.problems[0]).toMatch('cannot be changed by LoRA');
    expect(held.repairs).toEqual(['Free the kernel', 'No LoRA']);
  });
});

it('spatial dropouts are written without the setting Keras refuses, and others with it', () => {
  const network = compile(chain([4, 4, 2], ['spatialDropout2d', { rate: 0.2 }], ['dropout']), { fields: undefined });
  const { layers } = toKerasJson(network.model).config as { layers: { class_name: string; config: object }[] };
  const settings = Object.fromEntries(layers.map(({ class_name: name, config }) => [name, Object.keys(config)]));
  expect(settings.SpatialDropout2D?.toSorted()).toEqual(['data_format', 'name', 'rate']);
  expect(settings.Dropout).toContain('trainable');
});

it('a mask of a shape of its own must stretch over the tensor', () => {
  expect(readAs('Dropout', { rate: 0.2, noise_shape: null, seed: 3 })).toEqual({
    type: 'dropout',
    params: { rate: 0.2 },
  });
  expect(readAs('Dropout', { rate: 0.5, noise_shape: [null, 1] })).toEqual({
    type: 'dropout',
    params: { noiseShape: [null, 1] },
  });
  expect(ruled([6], 'dropout', { noiseShape: [null, 1] }).problems).toEqual([]);
  for (const noiseShape of [[null, 2], [null], [null, 1, 1]]) {
    const unfit = ruled([6], 'dropout', { noiseShape });
    expect(unfit.problems[0]).toMatch('does not fit');
    expect(unfit.repairs).toEqual(['Drop each value by itself']);
  }
});

it('behind a softmax, what only passes it on is not taken for the softmax', () => {
  const fields = { image: { kind: 'number', shape: [4], dtype: 'float32' } } as const;
  const label = { kind: 'class', shape: [], dtype: 'int32', classes: ['a', 'b', 'c', 'd'] } as const;
  const compiled = (...between: [string][]) => {
    const document = chain([4], ['activation', { function: 'softmax' }], ...between, ['crossEntropy']);
    const input = document.graph.nodes.input;
    if (input) input.params = { field: 'image' };
    return compile(document, { fields: { ...fields, label }, logits: true });
  };
  const direct = compiled();
  expect(direct.losses[0]?.logits).toBe('softmax');
  expect(direct.model.outputs[0]?.layer).toBe('input');
  for (const layer of ['identity', 'activityRegularization', 'dropout']) {
    const passed = compiled([layer]);
    expect(passed.losses[0]?.logits).toBeNull();
    expect(passed.model.outputs[0]?.layer).toBe('n2');
  }
});
