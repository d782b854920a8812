/** The networks whose training steps are timed: one of each kind that people build. */
import type { NetworkDocument } from '@/document';
import { openFromGallery } from '@/gallery';
import { network } from '@/gallery/chain';
import { link } from '@/gallery/parts';
import { layerBlock, repeated } from '@/gallery/transformers/parts';
import { chain } from '../../support/networks';

interface Timed {
  title: string;
  /** Of one sample. */
  shape: readonly number[];
  document(): NetworkDocument | Promise<NetworkDocument>;
  /** Why stock tfjs has no such network; absent where it has. */
  notInStock?: string;
}

const classes = ['dense', { units: 10, activation: 'softmax' }] as const;

const chained = (shape: number[], ...layers: Parameters<typeof chain>[1][]): NetworkDocument =>
  chain(shape, ...layers, [...classes], ['crossEntropy']);

/** Without positions, which are no layer of Keras's. */
const transformer = network('Transformer', {
  links: [
    link('image', 'input'),
    link('rows', 'reshape', { targetShape: [28, 28] }),
    link('embedding', 'dense', { units: 64 }),
    repeated('encoder', 'encoder', 2, 64, 4),
    link('average', 'globalAveragePooling1d'),
    link('classes', ...classes),
    link('loss', 'crossEntropy'),
  ],
  blocks: { encoder: layerBlock({ norm: 'after', activation: 'relu', epsilon: 1e-6, dropout: 0.1 }, 'Layer') },
});

export const NETWORKS = {
  mlp: {
    title: 'MLP 784-128-64-10',
    shape: [784],
    document: () =>
      chained([784], ['dense', { units: 128, activation: 'relu' }], ['dense', { units: 64, activation: 'relu' }]),
  },
  lenet: { title: 'LeNet-5, 28×28', shape: [28, 28, 1], document: () => openFromGallery('lenet-5') },
  resnet: {
    title: 'residual network of 6 convolutions, 32×32×3',
    shape: [32, 32, 3],
    document: () => openFromGallery('small-resnet'),
  },
  lstm: {
    title: 'LSTM(64) over 40 steps of 32',
    shape: [40, 32],
    // Stock tfjs fails to make orthogonal kernels where its parts are imported one by one.
    document: () => chained([40, 32], ['lstm', { units: 64, recurrentInitializer: 'glorotUniform' }]),
  },
  gru: {
    title: 'GRU(64) over 40 steps of 32',
    shape: [40, 32],
    document: () => chained([40, 32], ['gru', { units: 64 }]),
    notInStock: 'its GRU cannot reset after',
  },
  transformer: {
    title: 'Transformer, 2 layers of width 64, 28 steps',
    shape: [28, 28, 1],
    document: () => transformer,
    notInStock: 'it has no attention',
  },
} as const satisfies Record<string, Timed>;

export type NetworkName = keyof typeof NETWORKS;

export const BATCH = 64;

/** The same for every way of computing: values between 0 and 1, and classes in turn. */
export const samples = (shape: readonly number[]): { x: Float32Array; labels: Int32Array } => ({
  x: Float32Array.from({ length: BATCH * shape.reduce((a, b) => a * b, 1) }, (_, at) => ((at * 7919) % 256) / 255),
  labels: Int32Array.from({ length: BATCH }, (_, at) => at % 10),
});

/** The fields a network of these reads. */
export const fieldsOf = (shape: readonly number[]) =>
  ({
    image: { kind: 'image', shape: [...shape], dtype: 'float32' },
    label: { kind: 'class', shape: [], dtype: 'int32', classes: Array.from({ length: 10 }, (_, at) => String(at)) },
  }) as const;
