/** Residual networks for ImageNet after He et al. 2015, as Keras's applications and as torchvision have them. */
import type { Block, NetworkDocument } from '@/document';
import { block, type Link, network } from '../chain';

/** Table 1 of the paper: how many residual blocks each of the four stages has. */
const STAGES = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
} as const;

type Depth = keyof typeof STAGES;

/** What the two frameworks do otherwise. */
interface Manner {
  /** Keras's convolutions have biases although a normalisation follows. */
  useBias: boolean;
  normalization: Link['params'];
}

const KERAS: Manner = { useBias: true, normalization: { epsilon: 1.001e-5 } };
const PYTORCH: Manner = { useBias: false, normalization: { momentum: 0.9, epsilon: 1e-5 } };

const relu = (id: string, from?: Link['from']): Link => ({
  id,
  type: 'activation',
  params: { function: 'relu' },
  ...(from !== undefined && { from }),
});

type Size = number | string;

/** A convolution and its normalisation. Strided ones of 3×3 are padded alike on all sides, as the paper's are. */
function conv(
  { useBias, normalization }: Manner,
  at: string,
  filters: Size,
  { kernel = 1, stride = 1, from }: { kernel?: number; stride?: Size; from?: string } = {},
): Link[] {
  const margin = (kernel - 1) / 2;
  const padded = stride !== 1 && margin > 0;
  const first = from === undefined ? {} : { from };
  const padding = [margin, margin].map((side) => [side, side]);
  return [
    ...(padded ? [{ id: `pad${at}`, type: 'zeroPadding2d', params: { padding }, ...first }] : []),
    {
      id: `conv${at}`,
      type: 'conv2d',
      params: {
        filters,
        kernelSize: [kernel, kernel],
        ...(stride !== 1 && { strides: [stride, stride] }),
        ...(!padded && margin > 0 && { padding: 'same' }),
        useBias,
      },
      ...(!padded && first),
    },
    { id: `norm${at}`, type: 'batchNormalization', ...(normalization && { params: normalization }) },
  ];
}

const open: Link = { id: 'in', type: 'blockInput' };
const close: Link = { id: 'out', type: 'blockOutput' };

/** Where the way through the convolutions meets the skip, as it is or projected to the same shape. */
function residual(title: string, note: string, params: NonNullable<Block['params']>, ways: readonly Link[][]): Block {
  const ends = ways.map((way) => way.at(-1)?.id ?? open.id);
  const links: Link[] = [open, ...ways.flat(), { id: 'add', type: 'add', from: ends }, relu('relu'), close];
  return block({ title, note, params, links });
}

/** Two 3×3 convolutions (ResNet-18 and 34). */
const basicWay = (manner: Manner, stride: Size): Link[] => [
  ...conv(manner, '1', 'filters', { kernel: 3, stride }),
  relu('relu1'),
  ...conv(manner, '2', 'filters', { kernel: 3 }),
];

/** 1×1 to fewer channels, 3×3, 1×1 to four times as many. torchvision strides in the 3×3 (v1.5), the paper before it. */
const bottleneckWay = (manner: Manner, stride: Size): Link[] => {
  const [first, second] = manner === PYTORCH ? [1, stride] : [stride, 1];
  return [
    ...conv(manner, '1', 'filters', { stride: first }),
    relu('relu1'),
    ...conv(manner, '2', 'filters', { kernel: 3, stride: second }),
    relu('relu2'),
    ...conv(manner, '3', '4*filters'),
  ];
};

function blocksOf(manner: Manner, bottleneck: boolean): Record<string, Block> {
  const way = bottleneck ? bottleneckWay : basicWay;
  const title = bottleneck ? 'Bottleneck' : 'Residual block';
  const project = conv(manner, 'Skip', bottleneck ? '4*filters' : 'filters', { stride: 'stride', from: open.id });
  return {
    residual: residual(title, 'Adds what its convolutions find to what came in.', { filters: 64 }, [
      way(manner, 1),
      [],
    ]),
    projected: residual(
      `${title} with projection`,
      'Begins a stage: other sizes come out than go in, so a 1×1 convolution fits the skip to them.',
      { filters: 64, stride: 1 },
      [way(manner, 'stride'), project],
    ),
    ...(!bottleneck && {
      // The first stage has as many channels as come in: nothing to project.
      even: block({
        title: 'Stage without projection',
        params: { filters: 64, blocks: 2 },
        links: [{ id: 'blocks', type: 'block:residual', params: { filters: 'filters' }, repeat: 'blocks' }],
      }),
    }),
    stage: block({
      title: 'Stage',
      note: 'Residual blocks of one width; the first changes the size.',
      params: { filters: 64, stride: 2, more: 1 },
      links: [
        { id: 'first', type: 'block:projected', params: { filters: 'filters', stride: 'stride' } },
        { id: 'more', type: 'block:residual', params: { filters: 'filters' }, repeat: 'more' },
      ],
    }),
  };
}

function stageLinks(depth: Depth, bottleneck: boolean): Link[] {
  return STAGES[depth].map((count, at): Link => {
    const id = `stage${at + 1}`;
    if (at === 0 && !bottleneck) return { id, type: 'block:even', params: { filters: 64, blocks: count } };
    return {
      id,
      type: 'block:stage',
      params: { filters: 64 * 2 ** at, stride: at === 0 ? 1 : 2, more: count - 1 },
    };
  });
}

function draw(title: string, depth: Depth, manner: Manner): NetworkDocument {
  const bottleneck = depth >= 50;
  return network(title, {
    links: [
      { id: 'image', type: 'input', params: { shape: [224, 224, 3] } },
      ...conv(manner, '1', 64, { kernel: 7, stride: 2 }),
      relu('relu1'),
      { id: 'pad', type: 'zeroPadding2d' },
      { id: 'pool', type: 'maxPooling2d', params: { poolSize: [3, 3], strides: [2, 2] } },
      ...stageLinks(depth, bottleneck),
      { id: 'average', type: 'globalAveragePooling2d' },
      { id: 'classes', type: 'dense', params: { units: 1000, activation: 'softmax' } },
      { id: 'loss', type: 'crossEntropy' },
    ],
    blocks: blocksOf(manner, bottleneck),
  });
}

/** As `keras.applications` has it: biases before normalisation, the stride in the first 1×1 convolution. */
export const resnetOfKeras = (depth: 50 | 101 | 152): NetworkDocument => draw(`ResNet-${depth}`, depth, KERAS);

/** As torchvision has it: no biases, the stride in the 3×3 convolution of a bottleneck. */
export const resnetOfPytorch = (depth: Depth): NetworkDocument =>
  draw(depth < 50 ? `ResNet-${depth}` : `ResNet-${depth} (PyTorch)`, depth, PYTORCH);
