import { defineLayer } from '../declaration';
import { integer } from '../params';

/** A row of features, said at every step. */
export const repeatVector = defineLayer({
  type: 'repeatVector',
  title: 'RepeatVector',
  family: 'shape',
  summary: 'Says a row of features again at every step of a sequence.',
  keywords: ['tile', 'sequence', 'decoder', 'encoder-decoder'],
  docs: {
    text: 'Makes a sequence of n equal steps from one row of features: how a decoder is given what an encoder has understood.',
    formula: 'y_{t,c} = x_c, \\quad t = 1 \\dots n',
    source: { title: 'Keras: RepeatVector', url: 'https://keras.io/api/layers/reshaping_layers/repeat_vector/' },
  },
  names: { pytorch: 'torch.repeat', onnx: 'Expand' },
  params: {
    n: integer({ label: 'Steps', help: 'How often the row is said.', symbol: 'n', min: 1, max: 1_000_000, default: 2 }),
  },
  inputs: { in: { title: 'Features', rank: [2] } },
  digest: ({ n }) => [`${n} times`],
  infer({ params: { n }, inputs: { in: x } }) {
    const [batch = 1, features = 1] = x.shape;
    return { output: { shape: [batch, n, features], dtype: x.dtype } };
  },
  keras: { className: 'RepeatVector' },
});
