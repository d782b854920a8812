import { defineLayer, type RuleResult } from '../declaration';
import { formatShape } from '../dimension';
import { derive } from '../formula';
import { integer } from '../params';
import { axesRefusal, channelAxis } from '../shared/axes';
import { likeInput } from '../shared/same';
import { counted } from '../shared/words';
import { affineCount, affineParams, affineWeights, channelsOf, epsilon } from './affine';

/** Wu & He 2018. */
export const groupNormalization = defineLayer({
  type: 'groupNormalization',
  title: 'GroupNormalization',
  family: 'normalization',
  summary: 'Gives each group of channels of a sample mean 0 and variance 1, then a learned scale and shift.',
  keywords: ['group norm', 'gn', 'small batches', 'diffusion'],
  docs: {
    text: 'The channels are split into groups, and each group of each sample is normalised over its channels and all its places. It does not depend on the batch, so it suits small batches. With one group it normalises the whole sample; with as many groups as channels (−1) it is instance normalisation.',
    formula:
      'y = \\gamma\\,\\frac{x - \\mu_g}{\\sqrt{\\sigma_g^2 + \\varepsilon}} + \\beta, \\quad g = \\lfloor c\\,G / C \\rfloor',
    source: { title: 'Wu & He 2018', url: 'https://arxiv.org/abs/1803.08494' },
  },
  params: {
    groups: integer({
      label: 'Groups',
      help: 'Into how many groups the channels are split; −1 for one a channel.',
      symbol: 'G',
      min: -1,
      default: 32,
    }),
    axis: channelAxis(),
    epsilon: epsilon(0.001),
    ...affineParams,
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ groups }) => [groups === -1 ? 'each channel' : counted(groups, 'group')],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const outside = axesRefusal([p.axis], x, 'axis');
    if (outside) return { refusal: outside };
    const channels = channelsOf(x, p.axis);
    if (typeof channels !== 'number') return { refusal: channels };
    const groups = p.groups === -1 ? channels : p.groups;
    if (groups < 1 || channels % groups !== 0) return unevenGroups(groups, channels);
    const alone = x.shape.length === 2 && groups === channels;
    return {
      output: likeInput(x),
      weights: affineWeights([channels], ['C'], p),
      parameters: derive('Parameters', affineCount(Number(p.center) + Number(p.scale), 'C'), { C: channels }),
      ...(alone && {
        warnings: [
          {
            message: `Each of the ${groups} groups of ${formatShape(x.shape)} is a single value, so all become zero.`,
            why: 'A value by itself is its own mean.',
            param: 'groups',
            repairs: [{ title: 'Use one group', kind: 'setParams', params: { groups: 1 } }],
          },
        ],
      }),
    };
  },
  names: { pytorch: 'nn.GroupNorm', onnx: 'GroupNormalization' },
  keras: { className: 'GroupNormalization' },
});

function unevenGroups(groups: number, channels: number): RuleResult {
  const fitting = [];
  for (let count = Math.min(Math.max(groups, 1), channels); count >= 1 && fitting.length < 1; count--) {
    if (channels % count === 0) fitting.push(count);
  }
  return {
    refusal: {
      message: `${groups} groups do not divide ${channels} channels.`,
      why: 'Each group takes an equal share of the channels.',
      param: 'groups',
      repairs: [
        ...fitting.map((count) => ({
          title: count === 1 ? 'Use one group' : `Use ${count} groups`,
          kind: 'setParams' as const,
          params: { groups: count },
        })),
        { title: 'One group a channel', kind: 'setParams', params: { groups: -1 } },
      ],
    },
  };
}

/** Ulyanov, Vedaldi & Lempitsky 2016: group normalisation with a group for each channel, and Keras writes it so. */
export const instanceNormalization = defineLayer({
  type: 'instanceNormalization',
  title: 'InstanceNormalization',
  family: 'normalization',
  summary: 'Gives each channel of each sample mean 0 and variance 1 over its places, then a learned scale and shift.',
  keywords: ['instance norm', 'in', 'style transfer'],
  docs: {
    text: 'Each feature map of each image is normalised by itself. That takes its contrast away and leaves the pattern, which is what style transfer wants. Keras has it as GroupNormalization with a group for each channel, and it is written so.',
    formula: 'y = \\gamma\\,\\frac{x - \\mu_{n,c}}{\\sqrt{\\sigma_{n,c}^2 + \\varepsilon}} + \\beta',
    source: { title: 'Ulyanov, Vedaldi & Lempitsky 2016', url: 'https://arxiv.org/abs/1607.08022' },
  },
  params: { axis: channelAxis(), epsilon: epsilon(0.001), ...affineParams },
  inputs: { in: { title: 'Tensor', rank: [3, 4, 5] } },
  keepsShape: true,
  digest: () => [],
  infer({ params: p, inputs: { in: x } }) {
    const outside = axesRefusal([p.axis], x, 'axis');
    if (outside) return { refusal: outside };
    const channels = channelsOf(x, p.axis);
    if (typeof channels !== 'number') return { refusal: channels };
    return {
      output: likeInput(x),
      weights: affineWeights([channels], ['C'], p),
      parameters: derive('Parameters', affineCount(Number(p.center) + Number(p.scale), 'C'), { C: channels }),
    };
  },
  names: { pytorch: 'nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d', onnx: 'InstanceNormalization' },
  keras: { className: 'GroupNormalization', also: ['InstanceNormalization'], fixed: { groups: -1 } },
});
