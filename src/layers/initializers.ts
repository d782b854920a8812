/** How weights begin. */
import type { Variant, Variants } from './params';

export type Initializer = Variant;

const seeded = (className: string, word: string) => ({ className, word });

const STDDEV = { label: 'σ', default: 0.05, min: 0 };

/** Glorot & Bengio 2010, He et al. 2015, LeCun et al. 1998, Saxe et al. 2013; settings and defaults are Keras 3's. */
export const INITIALIZERS = {
  glorotUniform: { title: 'Glorot uniform', keras: seeded('GlorotUniform', 'glorot_uniform') },
  glorotNormal: { title: 'Glorot normal', keras: seeded('GlorotNormal', 'glorot_normal') },
  heUniform: { title: 'He uniform', keras: seeded('HeUniform', 'he_uniform') },
  heNormal: { title: 'He normal', keras: seeded('HeNormal', 'he_normal') },
  lecunUniform: { title: 'LeCun uniform', keras: seeded('LecunUniform', 'lecun_uniform') },
  lecunNormal: { title: 'LeCun normal', keras: seeded('LecunNormal', 'lecun_normal') },
  randomNormal: {
    title: 'Random normal',
    keras: seeded('RandomNormal', 'random_normal'),
    settings: { mean: { label: 'Mean', default: 0 }, stddev: STDDEV },
  },
  randomUniform: {
    title: 'Random uniform',
    keras: seeded('RandomUniform', 'random_uniform'),
    settings: { minval: { label: 'From', default: -0.05 }, maxval: { label: 'To', default: 0.05 } },
  },
  truncatedNormal: {
    title: 'Truncated normal',
    keras: seeded('TruncatedNormal', 'truncated_normal'),
    settings: { mean: { label: 'Mean', default: 0 }, stddev: STDDEV },
  },
  varianceScaling: {
    title: 'Variance scaling',
    keras: { className: 'VarianceScaling' },
    settings: {
      scale: { label: 'Scale', default: 1, min: 0 },
      mode: { label: 'Mode', default: 'fan_in', options: ['fan_in', 'fan_out', 'fan_avg'] },
      distribution: {
        label: 'Distribution',
        default: 'truncated_normal',
        options: ['truncated_normal', 'untruncated_normal', 'uniform'],
      },
    },
  },
  orthogonal: {
    title: 'Orthogonal',
    keras: seeded('Orthogonal', 'orthogonal'),
    settings: { gain: { label: 'Gain', default: 1 } },
  },
  identity: {
    title: 'Identity',
    keras: seeded('Identity', 'identity'),
    settings: { gain: { label: 'Gain', default: 1 } },
  },
  zeros: { title: 'Zeros', keras: seeded('Zeros', 'zeros') },
  ones: { title: 'Ones', keras: seeded('Ones', 'ones') },
  constant: {
    title: 'Constant',
    keras: { className: 'Constant' },
    settings: { value: { label: 'Value', default: 0 } },
  },
} as const satisfies Variants;
