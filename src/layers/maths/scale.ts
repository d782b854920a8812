import { real } from '../params';
import { keepsShape } from './samePlace';

export const scale = keepsShape(
  {
    type: 'scale',
    title: 'Scale',
    summary: 'Multiplies by a constant and adds another.',
    keywords: ['factor', 'offset', 'constant', 'temperature', 'linear'],
    docs: {
      text: 'Every value times a fixed factor, plus a fixed offset; neither is learned. It scales a residual branch, sets the temperature of a softmax, or brings values of [−1, 1] to [0, 1].',
      formula: 'y = a\\,x + c',
      source: {
        title: 'Keras: Rescaling',
        url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
      },
    },
    params: {
      factor: real({ label: 'Factor', help: 'What every value is multiplied by.', symbol: 'a', min: -1e9, default: 1 }),
      offset: real({ label: 'Offset', help: 'What is then added.', symbol: 'c', min: -1e9, default: 0 }),
    },
    digest: ({ factor, offset }) => [`×${factor}`, ...(offset === 0 ? [] : [`+${offset}`])],
    names: { pytorch: '*, +', onnx: 'Mul, Add' },
  },
  'Scale',
);
