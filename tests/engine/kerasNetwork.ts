import type { CompiledNetwork, CompiledWeight, KerasLayer } from '@/compiler';
import type { Json } from '@/document';
import type { Penalty } from '@/layers';

const layer = (name: string, className: string, config: Record<string, Json>, ...from: string[]): KerasLayer => ({
  name,
  className,
  config,
  trainable: true,
  calls: from.length > 0 ? [from.map((source) => ({ layer: source, call: 0, tensor: 0 }))] : [],
  ports: from.map(() => 'in'),
  takes: from.length > 1 ? 'list' : 'arguments',
  custom: false,
  outputs: [],
  node: name,
});

const PENALTIES: Readonly<Record<string, Penalty>> = {
  'conv1/kernel': { l1: 0.01, l2: 0.02 },
  'dense/bias': { l1: 0, l2: 0.1 },
};

/**
 * The network of keras_numbers.py, in the compiler's words.
 * @param first its weights, by name
 */
export const kerasNetwork = (first: Readonly<Record<string, { shape: number[] }>>): CompiledNetwork => ({
  model: {
    name: 'network',
    layers: [
      layer('image', 'InputLayer', { batch_shape: [null, 9, 9, 2], dtype: 'float32' }),
      layer('conv1', 'Conv2D', { filters: 4, kernel_size: 3, strides: 2, padding: 'same' }, 'image'),
      layer('norm', 'BatchNormalization', { momentum: 0.9 }, 'conv1'),
      layer('leaky', 'Activation', { activation: 'leaky_relu' }, 'norm'),
      layer('conv2', 'Conv2D', { filters: 4, kernel_size: 3, padding: 'same', groups: 2, activation: 'gelu' }, 'leaky'),
      layer('add', 'Add', {}, 'leaky', 'conv2'),
      layer('pool', 'MaxPooling2D', { pool_size: 2, strides: 1, padding: 'same' }, 'add'),
      layer(
        'conv3',
        'Conv2D',
        { filters: 3, kernel_size: 2, dilation_rate: 2, activation: 'elu', use_bias: false },
        'pool',
      ),
      layer('norm2', 'BatchNormalization', { scale: false, center: false }, 'conv3'),
      layer('flatten', 'Flatten', {}, 'norm2'),
      layer('dense', 'Dense', { units: 3 }, 'flatten'),
    ],
    inputs: [{ layer: 'image', call: 0, tensor: 0 }],
    outputs: [{ layer: 'dense', call: 0, tensor: 0 }],
  },
  inputs: [{ node: 'image', field: 'image', shape: [9, 9, 2], dtype: 'float32' }],
  losses: [
    {
      node: 'loss',
      type: 'crossEntropy',
      params: { mode: 'categorical', from: 'logits' },
      weight: 1,
      sampleWeights: null,
      prediction: 0,
      target: { field: 'label' },
      logits: null,
    },
  ],
  weights: Object.entries(first).map(([name, { shape }]): CompiledWeight => {
    const [owner = '', weight = ''] = name.split('/');
    return {
      name,
      node: owner,
      layer: owner,
      weight,
      shape,
      trainable: !weight.startsWith('moving'),
      initializer: weight === 'kernel' ? 'glorotUniform' : /gamma|variance/.test(weight) ? 'ones' : 'zeros',
      penalty: PENALTIES[name] ?? { l1: 0, l2: 0 },
      constraint: null,
    };
  }),
});
