import { defineLayer, type RuleResult } from '../declaration';
import { isKnown } from '../dimension';
import { derive } from '../formula';
import { flag, integer, pair } from '../params';
import { activation, activationDigest, squashedBy } from '../shared/activations';
import { weightOf, weightParams } from '../shared/weights';
import { padding, sizesDigest, slide, strideDigest, strides, windowTooLarge } from '../shared/window';

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
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
  },
  inputs: { in: { title: 'Image', rank: [4] } },
  sizeParam: 'filters',
  digest: (p) => [
    `${p.filters} filters`,
    sizesDigest(p.kernelSize),
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
          message: `A stride of ${sizesDigest(p.strides)} and a dilation of ${sizesDigest(p.dilation)} cannot be combined.`,
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
    const slid = slide(x.shape.slice(1, -1), window);
    if ('tooLarge' in slid) return { refusal: windowTooLarge('kernel', 'kernelSize', x, x.shape.slice(1, -1), window) };
    const [height = 1, width = 1] = slid.sizes.map(({ result }) => result);
    const values = { K: p.filters, F_h: p.kernelSize[0], F_w: p.kernelSize[1], C: channels, G: p.groups };
    const perFilter = p.groups === 1 ? 'F_h·F_w·C' : 'F_h·F_w·C/G';
    return {
      output: {
        shape: [x.shape[0] ?? 1, height, width, p.filters],
        dtype: 'float32',
        ...squashedBy(p.activation),
      },
      weights: [
        weightOf(
          'kernel',
          [...p.kernelSize, channels / p.groups, p.filters],
          ['F_h', 'F_w', p.groups === 1 ? 'C' : 'C/G', 'K'],
          p,
        ),
        ...(p.useBias ? [weightOf('bias', [p.filters], ['K'], p)] : []),
      ],
      shape: slid.sizes,
      parameters: derive('Parameters', `K·(${perFilter})${p.useBias ? ' + K' : ''}`, values),
      macs: derive('Multiply-adds', `H_out·W_out·K·(${perFilter})`, {
        ...values,
        H_out: height,
        W_out: width,
      }),
      window,
    };
  },
  names: { pytorch: 'nn.Conv2d', onnx: 'Conv' },
  keras: { className: 'Conv2D', names: { dilation: 'dilation_rate' }, fixed: { data_format: 'channels_last' } },
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
