import { defineLayer } from '../declaration';
import { choice, inKeras, integer } from '../params';

/** Indices as rows of zeros and ones. */
export const categoryEncoding = defineLayer({
  type: 'categoryEncoding',
  title: 'CategoryEncoding',
  family: 'preprocessing',
  summary: 'Turns indices into rows with a one at their place.',
  keywords: ['one-hot', 'multi-hot', 'count', 'category', 'index'],
  docs: {
    text: 'One-hot gives each index a row of its own with a one at its place. Multi-hot gives each sample one row, with ones for all indices it has; count says how often each comes.',
    formula:
      '\\text{one-hot: } y_{t,k} = [x_t = k] \\qquad \\text{multi-hot: } y_k = \\max_t\\,[x_t = k] \\qquad \\text{count: } y_k = \\sum_t\\,[x_t = k]',
    source: {
      title: 'Keras: CategoryEncoding',
      url: 'https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/',
    },
  },
  names: { pytorch: 'F.one_hot', onnx: 'OneHot' },
  params: {
    numTokens: integer({
      label: 'Categories',
      help: 'How many indices there are.',
      symbol: 'V',
      min: 1,
      max: 1_000_000,
      default: 10,
    }),
    outputMode: inKeras(
      choice({
        label: 'Encoding',
        help: 'A row for each index, or one row for each sample.',
        default: 'multiHot',
        options: { oneHot: 'one-hot', multiHot: 'multi-hot', count: 'count' },
      }),
      {
        write: (mode) => ({ oneHot: 'one_hot', multiHot: 'multi_hot', count: 'count' })[mode],
        read: (json) => (json === 'one_hot' ? 'oneHot' : json === 'multi_hot' ? 'multiHot' : json),
      },
    ),
  },
  inputs: { in: { title: 'Indices', rank: [2] } },
  digest: ({ numTokens }) => [`${numTokens} categories`],
  infer({ params: { numTokens, outputMode }, inputs: { in: x } }) {
    const [batch = 1, places = 1] = x.shape;
    // A row of one index is that index: Keras gives it no axis of its own.
    const single = outputMode === 'oneHot' && places !== 1;
    return { output: { shape: single ? [batch, places, numTokens] : [batch, numTokens], dtype: 'float32' } };
  },
  blocksGradient: true,
  keras: { className: 'CategoryEncoding', fixed: { sparse: false } },
});
