import { describe, expect, it } from 'vitest';
import type { Json } from '@/document';
import { applyRepair, inferDocument } from '@/inference';
import { formatShape, layerOfKeras, readKeras, toNullable } from '@/layers';
import { CONVOLUTIONS } from '../engine/convolutions';
import { chain } from '../support/networks';

type Layer = [type: string, params?: Record<string, Json>];

const last = (shape: (number | null)[], ...layers: Layer[]) => {
  const known = inferDocument(chain(shape, ...layers), undefined).nodes.get(`n${layers.length}`);
  if (!known?.output) throw new Error(JSON.stringify(known?.problems));
  return { ...known, output: known.output };
};

describe('Keras’s configs', () => {
  it.each(CONVOLUTIONS.map((given, at) => [`${given.className}, case ${at + 1}`, given] as const))(
    '%s: read whole, with Keras’s shapes and weights',
    (_, { className, config, x, y, before, names, slopes }) => {
      const layer = layerOfKeras(className);
      const read = layer ? readKeras(layer, className, config) : { unsupported: 'unknown' };
      if (!layer || 'unsupported' in read) throw new Error(JSON.stringify(read));
      const known = last(x.shape.slice(1), [layer.type, read.params]);
      expect(toNullable(known.output.shape).slice(1)).toEqual(y.shape.slice(1));
      expect(known.weights.map(({ name, shape }) => [name, shape])).toEqual(
        names.map((name, at) => [name, before[at]?.shape]),
      );
      // One gradient is the input's.
      expect(known.weights.filter(({ trainable }) => trainable)).toHaveLength(slopes.length - 1);
    },
  );
});

describe('sizes', () => {
  it('of a transposed convolution follow from an unknown size, and undo a convolution’s', () => {
    const grown = (params: Record<string, Json>) =>
      formatShape(last([null, 6, 4], ['conv2dTranspose', { filters: 2, ...params }]).output.shape);
    expect(grown({ strides: 2, padding: 'same' })).toBe('2·H×12×2');
    expect(grown({ strides: 2, padding: 'valid', kernelSize: 3 })).toBe('(2·H+1)×13×2');
    expect(grown({ strides: 3, padding: 'valid', kernelSize: 2 })).toBe('3·H×18×2');
    expect(grown({ strides: 1, padding: 'valid', kernelSize: 3, dilation: 2 })).toBe('(H+4)×10×2');
    expect(grown({ strides: 2, padding: 'same', kernelSize: 3, outputPadding: 1 })).toBe('2·H×12×2');
    expect(grown({ strides: 2, padding: 'same', kernelSize: 4, outputPadding: 1 })).toBe('(2·H−1)×11×2');
    expect(
      last(
        [9],
        ['reshape', { targetShape: [9, 1] }],
        ['conv1d', { kernelSize: 4, strides: 3 }],
        ['conv1dTranspose', { filters: 1, kernelSize: 4, strides: 3, outputPadding: 2 }],
      ).output.shape[1],
    ).toBe(9);
  });

  it('count the same wherever the channels stand', () => {
    for (const type of ['conv2d', 'conv2dTranspose', 'depthwiseConv2d', 'separableConv2d']) {
      const params = { kernelSize: [3, 2], strides: 2 };
      const [behind, before] = [
        last([9, 8, 4], [type, params]),
        last([4, 9, 8], [type, { ...params, dataFormat: 'channelsFirst' }]),
      ];
      const [n, height, width, channels] = behind.output.shape;
      expect(before.output.shape, type).toEqual([n, channels, height, width]);
      expect([before.parameters, before.macs], type).toEqual([behind.parameters, behind.macs]);
    }
  });
});

describe('counts', () => {
  it('are MobileNet’s for a depthwise and a pointwise step', () => {
    const step = last([112, 112, 32], ['depthwiseConv2d', { padding: 'same', useBias: false }]);
    expect([step.parameters, step.macs]).toEqual([288, 112 * 112 * 288]);
    const both = last([112, 112, 32], ['separableConv2d', { filters: 64, padding: 'same', useBias: false }]);
    expect([both.parameters, both.macs]).toEqual([288 + 2048, 112 * 112 * (288 + 2048)]);
  });

  it('of a transposed convolution are those of the convolution it undoes', () => {
    const down = last(
      [16, 16, 8],
      ['conv2d', { filters: 5, kernelSize: 4, strides: 2, padding: 'same', useBias: false }],
    );
    const up = last(
      [8, 8, 5],
      ['conv2dTranspose', { filters: 8, kernelSize: 4, strides: 2, padding: 'same', useBias: false }],
    );
    expect([up.parameters, up.macs]).toEqual([down.parameters, down.macs]);
  });

  it('of LoRA: the kernel rests, unpenalised, and its change is learned', () => {
    const kernelRegularizer = { l1: 0, l2: 0.01 };
    const known = last([8, 8, 6], ['conv2d', { filters: 10, groups: 2, loraRank: 2, kernelRegularizer }]);
    expect(known.weights.map(({ name, shape, trainable, penalty }) => [name, shape, trainable, penalty?.l2])).toEqual([
      ['kernel', [3, 3, 3, 10], false, 0],
      ['bias', [10], true, 0],
      ['lora_kernel_a', [3, 3, 3, 2], true, 0.01],
      ['lora_kernel_b', [2, 10], true, 0.01],
    ]);
    expect([known.parameters, known.trainable]).toEqual([270 + 10 + 54 + 20, 10 + 54 + 20]);
  });
});

describe('what a value sees', () => {
  it('goes back to single steps behind a transposed convolution', () => {
    const field = last(
      [32, 32, 1],
      ['conv2d', { kernelSize: 3, strides: 2 }],
      ['conv2dTranspose', { kernelSize: 4, strides: 2 }],
    ).receptiveField;
    // Two of the first layer's values, each three wide and two apart.
    expect([field?.size, field?.jump]).toEqual([
      [5, 5],
      [1, 1],
    ]);
  });

  const FIRST = { dataFormat: 'channelsFirst' };

  it('is the same wherever the channels stand', () => {
    const layers = (params: NonNullable<Layer[1]>): Layer[] => [
      ['conv2d', { kernelSize: [3, 5], strides: 2, ...params }],
      ['maxPooling2d', params],
      ['depthwiseConv2d', { kernelSize: 3, ...params }],
      ['conv2dTranspose', { kernelSize: 4, strides: 2, ...params }],
    ];
    const field = last([40, 48, 3], ...layers({})).receptiveField;
    expect([field?.size, field?.jump, field?.extent]).toEqual([
      [17, 19],
      [2, 2],
      [40, 48],
    ]);
    expect(last([3, 40, 48], ...layers(FIRST)).receptiveField).toEqual({ ...field, channels: 'first' });
  });

  it('knows the input’s axes from the first layer that looks along them', () => {
    const extent = (shape: number[], ...layers: Layer[]) => last(shape, ...layers).receptiveField?.extent;
    expect(extent([3, 16, 20], ['activation', {}], ['averagePooling2d', FIRST])).toEqual([16, 20]);
    expect(extent([16, 20, 3], ['activation', {}], ['averagePooling2d', {}])).toEqual([16, 20]);
    expect(last([3, 16, 20], ['globalMaxPooling2d', FIRST]).receptiveField?.size).toEqual([16, 20]);
    expect(last([2, 9], ['conv1d', { kernelSize: 3, ...FIRST }]).receptiveField?.size).toEqual([3]);
  });

  it('turns with the axes', () => {
    const conv: Layer = ['conv2d', { kernelSize: [3, 5] }];
    const told = (...layers: Layer[]) => {
      const field = last([16, 20, 3], ...layers).receptiveField;
      return field && [field.size, field.extent];
    };
    const flipped: Layer = ['permute', { dims: [3, 1, 2] }];
    expect(told(flipped, ['conv2d', { kernelSize: [3, 5], ...FIRST }])).toEqual([
      [3, 5],
      [16, 20],
    ]);
    expect(told(conv, flipped, ['averagePooling2d', { poolSize: 2, ...FIRST }])).toEqual([
      [4, 6],
      [16, 20],
    ]);
    expect(told(conv, ['permute', { dims: [2, 1, 3] }], conv)).toEqual([
      [7, 7],
      [20, 16],
    ]);
    expect(told(conv, ['permute', { dims: [1, 3, 2] }])).toBeNull();
  });

  it('is not told along axes that are no longer the input’s', () => {
    expect(last([16, 16, 3], ['conv2d', {}], ['conv2d', FIRST]).receptiveField).toBeNull();
    expect(last([16, 16, 3], ['conv2d', {}]).receptiveField?.size).toEqual([3, 3]);
  });
});

const REFUSALS: [title: string, shape: (number | null)[], layer: Layer, message: RegExp, repairs: string[]][] = [
  [
    'a window larger than a sequence',
    [4, 2],
    ['conv1d', { kernelSize: 3, dilation: 2 }],
    /A 5 kernel does not fit into an input of 4×2/,
    ['Make padding “same”', 'Shrink the window to 2'],
  ],
  [
    'stride and dilation',
    [9, 9, 9, 2],
    ['conv3d', { strides: 2, dilation: [1, 1, 3] }],
    /A stride of 2×2×2 and a dilation of 1×1×3 cannot be combined/,
    ['Dilation 1', 'Stride 1'],
  ],
  [
    'stride and dilation, transposed',
    [9, 2],
    ['conv1dTranspose', { strides: 2, dilation: 2 }],
    /cannot be combined/,
    ['Dilation 1', 'Stride 1'],
  ],
  [
    'an output padding as large as the stride',
    [9, 9, 2],
    ['conv2dTranspose', { strides: [2, 3], outputPadding: [1, 4] }],
    /An output padding of 1×4 is not smaller than the stride of 2×3/,
    ['Leave it to the padding', 'Output padding 1×2'],
  ],
  [
    'an output of no size',
    [1, 2],
    ['conv1dTranspose', { kernelSize: 2, padding: 'same', outputPadding: 0 }],
    /Of an input of 1×2 nothing would be left/,
    ['Leave it to the padding'],
  ],
  [
    'groups that do not divide the channels',
    [9, 3],
    ['conv1d', { filters: 4, groups: 2 }],
    /2 groups do not divide 3 input channels/,
    ['Use one group'],
  ],
  [
    'LoRA beside a constraint',
    [9, 9, 3],
    ['conv2d', { loraRank: 2, kernelConstraint: 'nonNeg' }],
    /A kernel under a constraint cannot be adapted/,
    ['Drop the constraint', 'Drop LoRA'],
  ],
  ['channels of unknown number', [9, null], ['separableConv1d'], /The number of channels is unknown/, []],
  [
    'channels of unknown number, in front',
    [null, 9, 9],
    ['depthwiseConv2d', { dataFormat: 'channelsFirst' }],
    /The number of channels is unknown/,
    [],
  ],
];

describe('refusals', () => {
  it.each(REFUSALS)('%s', (_, shape, layer, message, repairs) => {
    const document = chain(shape, layer);
    const inference = inferDocument(document, undefined);
    const [problem, ...others] = inference.problems;
    expect(others).toEqual([]);
    expect(problem?.message).toMatch(message);
    expect(problem?.repairs.map(({ title }) => title)).toEqual(repairs);
    for (const repair of problem?.repairs ?? []) {
      if (!problem) continue;
      expect(
        inferDocument(applyRepair(document, problem, repair, inference), undefined).problems,
        repair.title,
      ).toEqual([]);
    }
  });

  it('stride and dilation are Keras’s to combine where every channel is by itself', () => {
    const params = { kernelSize: 2, strides: 2, dilation: 3 };
    for (const [type, shape] of [
      ['depthwiseConv1d', [9, 4]],
      ['separableConv2d', [9, 9, 4]],
    ] as const) {
      expect(last([...shape], [type, params]).output.shape[1]).toBe(3);
    }
  });
});
