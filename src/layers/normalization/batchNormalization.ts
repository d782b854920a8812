import type { Json } from '@/document';
import { defineLayer, type Refusal, type Weight } from '../declaration';
import { derive } from '../formula';
import type { Initializer } from '../initializers';
import { INITIALIZERS } from '../initializers';
import { flag, optionalReal, real, settingsOf, typeOf } from '../params';
import { axesRefusal, channelAxis } from '../shared/axes';
import { likeInput } from '../shared/same';
import { initializer } from '../shared/weights';
import { affineParams, affineWeights, channelsOf, epsilon } from './affine';

const RENORM = { param: 'renorm', is: [true] };

const clip = (label: string, help: string) =>
  optionalReal({ label, help, empty: 'none', min: 0, step: 0.5, default: null, advanced: true, onlyWhere: RENORM });

/** Ioffe & Szegedy 2015; with `renorm`, Ioffe 2017. */
export const batchNormalization = defineLayer({
  type: 'batchNormalization',
  title: 'BatchNormalization',
  family: 'normalization',
  summary: 'Gives each channel mean 0 and variance 1 over the batch, then a learned scale and shift.',
  keywords: ['batch norm', 'bn', 'batch renormalization'],
  docs: {
    text: 'While training, each channel is normalised by its mean and variance over the batch; moving averages of both are kept for predicting. γ and β are learned; the two averages are weights too, but training does not change them by gradients, so they count as not trainable. With renormalisation (Ioffe 2017), the batch is also corrected towards the averages, which helps small batches.',
    formula: 'y = \\gamma\\,\\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} + \\beta',
    source: { title: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' },
  },
  params: {
    axis: channelAxis(),
    momentum: real({
      label: 'Momentum',
      help: 'How slowly the moving averages follow the batches.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.99,
    }),
    epsilon: epsilon(0.001),
    ...affineParams,
    movingMeanInitializer: initializer('Moving mean initialiser', 'zeros'),
    movingVarianceInitializer: initializer('Moving variance initialiser', 'ones'),
    renorm: flag({
      label: 'Renormalise',
      help: 'Corrects each batch towards the moving averages.',
      default: false,
      advanced: true,
    }),
    renormMomentum: real({
      label: 'Renorm momentum',
      help: 'How slowly the averages that batches are corrected towards follow them.',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.99,
      advanced: true,
      onlyWhere: RENORM,
    }),
    renormRmin: clip('Smallest r', 'The correction of the scale is cut from below.'),
    renormRmax: clip('Largest r', 'The correction of the scale is cut from above.'),
    renormDmax: clip('Largest d', 'The correction of the shift is cut on both sides.'),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ renorm }) => (renorm ? ['renormalised'] : []),
  infer({ params: p, inputs: { in: x } }) {
    const outside = axesRefusal([p.axis], x, 'axis');
    if (outside) return { refusal: outside };
    const channels = channelsOf(x, p.axis);
    if (typeof channels !== 'number') return { refusal: channels };
    const wrong = p.renorm ? renormRefusal(p) : null;
    if (wrong) return { refusal: wrong };
    const learned = Number(p.center) + Number(p.scale);
    const average = (name: string, first: Initializer): Weight => ({
      name,
      shape: [channels],
      symbols: ['C'],
      initializer: first,
      trainable: false,
      // PyTorch keeps the averages as buffers, which it does not count.
      pytorch: 0,
    });
    const deviation = rootOf(p.movingVarianceInitializer) ?? 'ones';
    const kept = p.renorm ? 5 : 2;
    return {
      output: likeInput(x),
      weights: [
        ...affineWeights([channels], ['C'], p),
        average('moving_mean', p.movingMeanInitializer),
        average('moving_variance', p.movingVarianceInitializer),
        ...(p.renorm
          ? [
              average('moving_stddev', deviation),
              average('renorm_mean', p.movingMeanInitializer),
              average('renorm_stddev', deviation),
            ]
          : []),
      ],
      parameters: derive('Parameters', learned > 0 ? `${learned}·C + ${kept}·C` : `${kept}·C`, { C: channels }),
    };
  },
  names: { pytorch: 'nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d', onnx: 'BatchNormalization' },
  keras: {
    className: 'BatchNormalization',
    ignored: ['synchronized', 'renorm_clipping'],
    names: { renormRmin: 'rmin', renormRmax: 'rmax', renormDmax: 'dmax' },
    write(_, { rmin = null, rmax = null, dmax = null, ...config }) {
      const limits = Object.entries({ rmin, rmax, dmax }).filter(([, limit]) => limit !== null);
      const clipping: Json = config.renorm === true && limits.length > 0 ? Object.fromEntries(limits) : null;
      return { className: 'BatchNormalization', config: { ...config, renorm_clipping: clipping } };
    },
    read({ renorm_clipping: limits, ...config }) {
      const given = typeof limits === 'object' && limits !== null && !Array.isArray(limits) ? limits : {};
      const known = Object.entries(given).filter(([, limit]) => limit !== null);
      return { config: { ...config, ...Object.fromEntries(known) } };
    },
  },
});

/** What Keras begins a deviation with where its variance begins so; null where that is no fixed number. */
function rootOf(variance: Initializer): Initializer | null {
  const type = typeOf(variance);
  if (type === 'zeros' || type === 'ones') return type;
  if (type !== 'constant') return null;
  const value = Number(settingsOf(INITIALIZERS, variance).value);
  return value >= 0 ? { type, value: Math.sqrt(value) } : null;
}

interface Limits {
  movingVarianceInitializer: Initializer;
  renormRmin: number | null;
  renormRmax: number | null;
}

function renormRefusal({ movingVarianceInitializer, renormRmin, renormRmax }: Limits): Refusal | null {
  if (rootOf(movingVarianceInitializer) === null) {
    return {
      message: 'With renormalisation, the moving variance must begin with a constant of 0 or more.',
      why: 'The standard deviation begins with its square root.',
      param: 'movingVarianceInitializer',
      repairs: [{ title: 'Begin with ones', kind: 'resetParam', param: 'movingVarianceInitializer' }],
    };
  }
  if (renormRmin === null || renormRmax === null || renormRmin <= renormRmax) return null;
  return {
    message: `The smallest r, ${renormRmin}, is above the largest, ${renormRmax}.`,
    param: 'renormRmin',
    repairs: [{ title: 'Swap them', kind: 'setParams', params: { renormRmin: renormRmax, renormRmax: renormRmin } }],
  };
}
