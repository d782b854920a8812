import { real } from '../params';
import { keepsShape } from './samePlace';

export const clip = keepsShape(
  {
    type: 'clip',
    title: 'Clip',
    summary: 'Keeps values between two bounds.',
    keywords: ['clamp', 'limit', 'bound'],
    docs: {
      text: 'Values below the lower bound become the lower bound, values above the upper one the upper. Where a value is cut no gradient passes, so what made it is not changed by it.',
      formula: 'y = \\min(\\max(x, l), u)',
      source: { title: 'Keras: ops.clip', url: 'https://keras.io/api/ops/numpy/#clip-function' },
    },
    params: {
      lower: real({ label: 'Lower bound', help: 'No value is smaller.', symbol: 'l', min: -1e9, default: -1 }),
      upper: real({ label: 'Upper bound', help: 'No value is larger.', symbol: 'u', min: -1e9, default: 1 }),
    },
    digest: ({ lower, upper }) => [`${lower} … ${upper}`.replaceAll('-', '−')],
    names: { pytorch: 'torch.clamp', onnx: 'Clip' },
  },
  'Clip',
  ({ lower, upper }) =>
    lower < upper
      ? null
      : {
          refusal: {
            message: `The lower bound ${lower} is not below the upper bound ${upper}.`,
            why: 'Nothing lies between them, so every value would be the same.',
            param: 'lower',
            repairs: [
              { title: 'Default bounds', kind: 'setParams', params: { lower: -1, upper: 1 } },
              ...(lower > upper
                ? [{ title: 'Exchange them', kind: 'setParams', params: { lower: upper, upper: lower } } as const]
                : []),
            ],
          },
        },
);
