import { defineLayer } from '../declaration';
import { BATCH, product } from '../dimension';
import { derive } from '../formula';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** All values of a sample in one row, the last axis fastest. */
export const flatten = defineLayer({
  type: 'flatten',
  title: 'Flatten',
  family: 'shape',
  summary: 'Lays all values of a sample out in one row.',
  keywords: ['reshape', 'vector'],
  docs: {
    text: 'Turns an image or sequence into one row of numbers, as a dense layer wants it. Nothing is computed; the last axis runs fastest.',
    formula: 'y_{(iW + j)C + c} = x_{i,\\,j,\\,c}',
    source: { title: 'Keras: Flatten', url: 'https://keras.io/api/layers/reshaping_layers/flatten/' },
  },
  params: {},
  inputs: { in: { title: 'Tensor' } },
  digest: () => [],
  infer({ inputs: { in: x } }) {
    const sizes = x.shape.slice(1);
    const names = sizes.length === 3 ? ['H', 'W', 'C'] : LETTERS.slice(0, sizes.length);
    const values = Object.fromEntries(names.map((name, axis) => [name, sizes[axis] ?? 1]));
    const shape = sizes.length === 0 ? [] : [derive('Output size', names.join('·'), values)];
    return { output: { shape: [x.shape[0] ?? BATCH, product(sizes)], dtype: x.dtype }, shape };
  },
  names: { pytorch: 'nn.Flatten', onnx: 'Flatten' },
  keras: { className: 'Flatten', fixed: { data_format: 'channels_last' } },
});
