import { defineLayer, type Weight } from '../declaration';
import { isKnown } from '../dimension';
import { reals } from '../params';

/** Mean 0 and variance 1 for each feature, by statistics of the data. */
export const normalization = defineLayer({
  type: 'normalization',
  title: 'Normalization',
  family: 'preprocessing',
  summary: 'Brings each feature to mean 0 and variance 1, by the statistics of the training data.',
  keywords: ['standardise', 'z-score', 'mean', 'variance', 'preprocess'],
  docs: {
    text: 'Takes from each feature its mean and divides by its standard deviation. Give both, or leave them empty: they are then taken from the training data when training begins, and kept with the weights.',
    formula: 'y = \\frac{x - \\mu}{\\sigma}',
    source: {
      title: 'Keras: Normalization',
      url: 'https://keras.io/api/layers/preprocessing_layers/numerical/normalization/',
    },
  },
  names: { onnx: 'Sub, Div' },
  params: {
    mean: reals<readonly number[] | null>({
      label: 'Mean',
      help: 'Of each feature, or of all. Empty: taken from the training data.',
      empty: 'from the data',
      default: null,
    }),
    variance: reals<readonly number[] | null>({
      label: 'Variance',
      help: 'Of each feature, or of all. Empty: taken from the training data.',
      empty: 'from the data',
      min: 0,
      default: null,
    }),
  },
  inputs: { in: { title: 'Features' } },
  keepsShape: true,
  digest: ({ mean }) => (mean === null ? ['fitted'] : []),
  infer({ params: { mean, variance }, inputs: { in: x } }) {
    const features = x.shape.at(-1) ?? 1;
    const output = { shape: x.shape, dtype: 'float32' } as const;
    if ((mean === null) !== (variance === null)) {
      return {
        refusal: {
          message: 'Mean and variance go together: give both, or leave both empty.',
          param: mean === null ? 'mean' : 'variance',
          repairs: [{ title: 'Take both from the data', kind: 'setParams', params: { mean: null, variance: null } }],
        },
      };
    }
    if (x.shape.length < 2 || !isKnown(features)) {
      return {
        refusal: { message: 'The number of features is unknown, so their statistics cannot be told.', port: 'in' },
      };
    }
    const wrong = [mean, variance].find((list) => list && list.length !== 1 && list.length !== features);
    if (wrong) {
      return {
        refusal: {
          message: `There are ${wrong.length} statistics for ${features} features.`,
          why: 'Each feature has a mean and a variance of its own, or all have one.',
          param: wrong === mean ? 'mean' : 'variance',
          repairs: [{ title: 'Take both from the data', kind: 'setParams', params: { mean: null, variance: null } }],
        },
      };
    }
    if (mean !== null) return { output };
    const kept = (name: string, shape: number[], initializer: string): Weight => ({
      name,
      shape,
      symbols: shape.map(() => 'C'),
      initializer,
      trainable: false,
      pytorch: 0,
    });
    return {
      output,
      weights: [kept('mean', [features], 'zeros'), kept('variance', [features], 'ones'), kept('count', [], 'zeros')],
    };
  },
  keras: { className: 'Normalization', fixed: { axis: [-1], invert: false } },
});
