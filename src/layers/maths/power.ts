import { real } from '../params';
import { keepsShape } from './samePlace';

export const power = keepsShape(
  {
    type: 'power',
    title: 'Power',
    summary: 'Raises every value to a constant power.',
    keywords: ['square', 'root', 'exponent', 'inverse', 'sqrt'],
    docs: {
      text: 'Every value to the power p: 2 squares, 0.5 takes the root, −1 the inverse. Powers that are not whole do not exist for negative values, so the size of the value is taken then. For these and for negative powers, sizes below 10⁻⁷ count as 10⁻⁷, which keeps the result and its slope finite.',
      formula: 'y = x^p \\quad (p \\in \\mathbb Z) \\qquad y = |x|^p \\quad (p \\notin \\mathbb Z)',
      source: { title: 'Keras: ops.power', url: 'https://keras.io/api/ops/numpy/#power-function' },
    },
    params: {
      exponent: real({
        label: 'Power',
        help: 'What every value is raised to.',
        symbol: 'p',
        min: -4,
        max: 16,
        default: 2,
      }),
    },
    digest: ({ exponent }) => [`p = ${exponent}`.replace('-', '−')],
    names: { pytorch: 'torch.pow', onnx: 'Pow' },
  },
  'Power',
);
