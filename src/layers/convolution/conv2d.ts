import { defineLayer, type RuleResult } from '../declaration';
import { isKnown } from '../dimension';
import { derive } from '../formula';
import { flag, integer, pair } from '../params';
import { activation, activationDigest, kerasActivation, squashedBy } from '../shared/activations';
import { initializer, kerasInitializer, kerasRegularizer, regularizer } from '../shared/weights';
import { padding, pairDigest, slide, strideDigest, strides, windowTooLarge } from '../shared/window';

/** Slides K filters of F×F over an image. LeCun et al. 1998; groups after Krizhevsky et al. 2012. */
export const conv2d = defineLayer({
  type: 'conv2d',
  title: 'Conv2D',
  family: 'convolution',
  summary: 'Slides K filters of F×F over the image and takes a dot product at each step.',
  keywords: ['convolution', 'filter', 'cnn', 'feature map'],
  docs: {
    text: 'Each filter looks at a small window of the image, across all its channels, and gives one value for every place the window can be put: a feature map. The same weights are used everywhere, so a pattern is found wherever it is. With groups, the channels are split and each group of filters sees its own part only.',
    formula: 'y_{i,j,k} = \\sigma\\Big(b_k + \\sum_{u,v,c} w_{u,v,c,k}\\; x_{iS+uD,\\,jS+vD,\\,c}\\Big)',
    source: { title: 'Keras: Conv2D', url: 'https://keras.io/api/layers/convolution_layers/convolution2d/' },
  },
  params: {
    filters: integer({
      label: 'Filters',
      help: 'How many feature maps the layer computes.',
      symbol: 'K',
      min: 1,
      max: 100_000,
      default: 32,
    }),
    kernelSize: pair({
      label: 'Kernel size',
      help: 'Height and width of the window.',
      symbol: 'F',
      min: 1,
      max: 1000,
      default: [3, 3],
    }),
    strides: strides([1, 1]),
    padding: padding(),
    activation: activation(),
    useBias: flag({ label: 'Bias', help: 'Adds a learned constant to each feature map.', default: true }),
    dilation: pair({
      label: 'Dilation',
      help: 'Spreads the window: it takes every D-th value.',
      symbol: 'D',
      min: 1,
      max: 1000,
      default: [1, 1],
      advanced: true,
    }),
    groups: integer({
      label: 'Groups',
      help: 'Splits the channels; each group of filters sees its own part only.',
      symbol: 'G',
      min: 1,
      default: 1,
      advanced: true,
    }),
    kernelInitializer: initializer('Kernel initialiser', 'glorotUniform'),
    biasInitializer: initializer('Bias initialiser', 'zeros'),
    kernelRegularizer: regularizer('Kernel penalty'),
    biasRegularizer: regularizer('Bias penalty'),
  },
  inputs: { in: { title: 'Image', rank: [4] } },
  sizeParam: 'filters',
  digest: (p) => [
    `${p.filters} filters`,
    pairDigest(p.kernelSize),
    ...strideDigest(p.strides),
    ...activationDigest(p.activation),
  ],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const channels = x.shape[3] ?? 1;
    if (!isKnown(channels)) {
      return {
        refusal: {
          message: 'The number of channels is unknown, so the number of weights cannot be told.',
          why: 'Height and width may be of any size, but every filter has weights for each channel.',
          port: 'in',
        },
      };
    }
    const groups = checkGroups(p.filters, p.groups, channels);
    if (groups) return groups;
    const bothStrided = p.strides.some((stride) => stride > 1) && p.dilation.some((dilation) => dilation > 1);
    if (bothStrided) {
      return {
        refusal: {
          message: `A stride of ${pairDigest(p.strides)} and a dilation of ${pairDigest(p.dilation)} cannot be combined.`,
          why: 'Keras and TensorFlow define a convolution with one or the other.',
          param: 'dilation',
          repairs: [
            { title: 'Dilation 1', kind: 'setParams', params: { dilation: [1, 1] } },
            { title: 'Stride 1', kind: 'setParams', params: { strides: [1, 1] } },
          ],
        },
      };
    }
    const window = { kernel: p.kernelSize, strides: p.strides, dilation: p.dilation, padding: p.padding };
    const slid = slide(x, window);
    if ('tooLarge' in slid) return { refusal: windowTooLarge('kernel', 'kernelSize', x, window) };
    const [height, width] = slid.sizes;
    const values = { K: p.filters, F_h: p.kernelSize[0], F_w: p.kernelSize[1], C: channels, G: p.groups };
    const perFilter = p.groups === 1 ? 'F_h·F_w·C' : 'F_h·F_w·C/G';
    return {
      output: {
        shape: [x.shape[0] ?? 1, height.result, width.result, p.filters],
        dtype: 'float32',
        ...squashedBy(p.activation),
      },
      weights: [
        {
          name: 'kernel',
          shape: [...p.kernelSize, channels / p.groups, p.filters],
          symbols: ['F_h', 'F_w', p.groups === 1 ? 'C' : 'C/G', 'K'],
          initializer: p.kernelInitializer,
          trainable: true,
        },
        ...(p.useBias
          ? [{ name: 'bias', shape: [p.filters], symbols: ['K'], initializer: p.biasInitializer, trainable: true }]
          : []),
      ],
      shape: slid.sizes,
      parameters: derive('Parameters', `K·(${perFilter})${p.useBias ? ' + K' : ''}`, values),
      macs: derive('Multiply-adds', `H_out·W_out·K·(${perFilter})`, {
        ...values,
        H_out: height.result,
        W_out: width.result,
      }),
      window,
    };
  },
  keras: ({ params: p }) => ({
    className: 'Conv2D',
    config: {
      filters: p.filters,
      kernel_size: [...p.kernelSize],
      strides: [...p.strides],
      padding: p.padding,
      data_format: 'channels_last',
      dilation_rate: [...p.dilation],
      groups: p.groups,
      activation: kerasActivation(p.activation),
      use_bias: p.useBias,
      kernel_initializer: kerasInitializer(p.kernelInitializer),
      bias_initializer: kerasInitializer(p.biasInitializer),
      kernel_regularizer: kerasRegularizer(p.kernelRegularizer),
      bias_regularizer: kerasRegularizer(p.biasRegularizer),
    },
  }),
});

/** Groups must split both the channels and the filters evenly. */
function checkGroups(filters: number, groups: number, channels: number): RuleResult | null {
  if (channels % groups === 0 && filters % groups === 0) return null;
  const [what, count] = channels % groups === 0 ? ['filters', filters] : ['input channels', channels];
  return {
    refusal: {
      message: `${groups} groups do not divide ${count} ${what}.`,
      why: 'Each group takes an equal share of the channels and computes an equal share of the filters.',
      param: 'groups',
      repairs: [{ title: 'Use one group', kind: 'setParams', params: { groups: 1 } }],
    },
  };
}
