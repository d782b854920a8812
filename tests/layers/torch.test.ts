/** Counts and multiply-adds under PyTorch's convention, from torchvision's models and PyTorch's own blocks. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '@/document';
import { inferDocument } from '@/inference';
import { asDocument, chain } from '../support/networks';
import { transformer } from '../support/transformer';

interface Config {
  in_ch?: number;
  out_ch?: number;
  kernel?: number | number[];
  stride?: number | number[];
  pad?: number | number[];
  dilation?: number[];
  groups?: number;
  bias?: boolean;
  ceil_mode?: boolean;
  out_f?: number;
}

interface Layer {
  name: string;
  type: string;
  input: number[];
  output: number[];
  params: number;
  mac: number;
  cfg: Config;
}

interface Model {
  input: number[];
  total: number;
  conv_linear_macs: number;
  layers: Layer[];
}

const { models } = JSON.parse(readFileSync('tests/fixtures/torchvision.json', 'utf8')) as {
  models: Record<string, Model>;
};

/** PyTorch puts the channels first. */
const channelsLast = ([channels = 1, ...spatial]: number[]): number[] => [...spatial, channels];

const both = (value: number | number[] = 0): number[] => (Array.isArray(value) ? value : [value, value]);

type Drawn = [type: string, params?: Record<string, Json>];

/** PyTorch pads by numbers; here that is a layer of its own. Rounding up is padding at the far edge. */
function padding({ input, output, cfg }: Layer): Drawn[] {
  const [pad, kernel, stride] = [both(cfg.pad), both(cfg.kernel), both(cfg.stride)];
  const margins = pad.map((before, axis) => {
    const [size = 0, out = 0] = [input[axis + 1], output[axis + 1]];
    const reach = (out - 1) * (stride[axis] ?? 1) + (kernel[axis] ?? 1);
    return [before, cfg.ceil_mode ? Math.max(0, reach - size - before) : before];
  });
  return margins.flat().some((side) => side > 0) ? [['zeroPadding2d', { padding: margins }]] : [];
}

function drawn(layer: Layer): Drawn[] {
  const { type, cfg, output } = layer;
  switch (type) {
    case 'Conv2d':
      return [
        ...padding(layer),
        [
          'conv2d',
          {
            filters: cfg.out_ch ?? 1,
            kernelSize: both(cfg.kernel),
            strides: both(cfg.stride),
            dilation: cfg.dilation ?? [1, 1],
            groups: cfg.groups ?? 1,
            useBias: cfg.bias ?? true,
          },
        ],
      ];
    case 'MaxPool2d':
      return [...padding(layer), ['maxPooling2d', { poolSize: both(cfg.kernel), strides: both(cfg.stride) }]];
    case 'AdaptiveAvgPool2d':
      return [['adaptiveAveragePooling2d', { outputSize: output.slice(1) }]];
    case 'BatchNorm2d':
      return [['batchNormalization', { momentum: 0.9, epsilon: 1e-5 }]];
    case 'ReLU':
      return [['activation', { function: 'relu' }]];
    case 'Dropout':
      return [['dropout', { rate: 0.5 }]];
    case 'Linear':
      return [['dense', { units: cfg.out_f ?? 1, useBias: cfg.bias ?? true }]];
    default:
      throw new Error(`no layer for ${type}`);
  }
}

describe.each(Object.entries(models))('%s', (_, model) => {
  it('has the shapes, counts and multiply-adds of PyTorch, layer by layer', () => {
    for (const layer of model.layers) {
      const inference = inferDocument(chain(channelsLast(layer.input), ...drawn(layer)), undefined);
      const last = inference.nodes.get(inference.order.at(-1) ?? '');
      expect(
        [last?.output?.shape.slice(1), inference.totals?.pytorch.parameters, inference.totals?.macs],
        layer.name,
      ).toEqual([channelsLast(layer.output), layer.params, layer.mac]);
    }
  });

  const straight = model.layers.every(({ type }) => type !== 'BatchNorm2d');
  it.runIf(straight)('has its totals as one network', () => {
    const layers = model.layers.flatMap((layer, at): Drawn[] => {
      const flat = layer.input.length === 1 && model.layers[at - 1]?.output.length === 3;
      return [...(flat ? [['flatten'] as Drawn] : []), ...drawn(layer)];
    });
    const { totals } = inferDocument(chain(channelsLast(model.input), ...layers), undefined);
    expect([totals?.pytorch.parameters, totals?.macs]).toEqual([model.total, model.conv_linear_macs]);
  });
});

describe('PyTorch’s blocks', () => {
  const { params } = JSON.parse(readFileSync('tests/fixtures/torch-blocks.json', 'utf8')) as {
    params: Record<string, number>;
  };
  const sizes = { width: 512, heads: 8, hidden: 2048, encoders: 0, decoders: 0 };
  const attention = (width: number, heads: number) =>
    asDocument(
      {
        x: { type: 'input', params: { shape: [10, width] } },
        a: { type: 'multiHeadAttention', params: { numHeads: heads, keyDim: width / heads } },
      },
      [
        { from: ['x', 'out'], to: ['a', 'query'] },
        { from: ['x', 'out'], to: ['a', 'value'] },
      ],
    );
  const blocks: Record<string, ReturnType<typeof chain>> = {
    'nn.Transformer(d512,h8,6+6,ffn2048)': transformer({ ...sizes, encoders: 6, decoders: 6 }),
    'nn.TransformerEncoderLayer(512,8,2048)': transformer({ ...sizes, encoders: 1 }),
    'nn.TransformerDecoderLayer(512,8,2048)': transformer({ ...sizes, decoders: 1 }),
    'nn.MultiheadAttention(512,8)': attention(512, 8),
    'nn.MultiheadAttention(768,12)': attention(768, 12),
    'nn.TransformerEncoderLayer(768,12,3072)': transformer({
      width: 768,
      heads: 12,
      hidden: 3072,
      encoders: 1,
      decoders: 0,
    }),
    'nn.LSTM(64,128)': chain([null, 64], ['lstm', { units: 128 }]),
    'nn.GRU(64,256)': chain([null, 64], ['gru', { units: 256 }]),
    'nn.RNN(256,128)': chain([null, 256], ['simpleRnn', { units: 128 }]),
    'nn.LSTM(300,512,2)': chain([null, 300], ['lstm', { units: 512, returnSequences: true }], ['lstm', { units: 512 }]),
    'nn.LSTM(10,64,bidirectional)': chain([null, 10], ['bidirectional', { cell: 'lstm', units: 64 }]),
    'nn.BatchNorm2d(64)': chain([4, 4, 64], ['batchNormalization']),
  };

  it.each(Object.entries(params))('%s has %d parameters there', (name, count) => {
    const document = blocks[name];
    if (!document) throw new Error(`${name} is not drawn`);
    const inference = inferDocument(document, undefined);
    expect(inference.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(inference.totals?.pytorch.parameters).toBe(count);
  });
});
