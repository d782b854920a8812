import type { Json } from '@/document';
import { defineLayer } from '../declaration';
import { inKeras, integers } from '../params';
import { likeInput } from '../shared/same';
import { axesOf } from './samePlace';

export const softmaxOver = defineLayer({
  type: 'softmaxOver',
  title: 'Softmax',
  family: 'maths',
  summary: 'Makes the values along an axis positive, with sum 1.',
  keywords: ['probabilities', 'normalise', 'attention', 'axis'],
  docs: {
    text: 'Turns any numbers into shares of a whole: each is raised to e and divided by the sum of all along the axis. Over the last axis it gives the probabilities of classes; over another it weighs places or steps. With several axes, all values of them together have sum 1.',
    formula: 'y_i = \\frac{e^{x_i}}{\\sum_j e^{x_j}}',
    source: { title: 'Keras: Softmax', url: 'https://keras.io/api/layers/activation_layers/softmax/' },
  },
  params: {
    axis: inKeras(
      integers({
        label: 'Axis',
        help: 'The axis (or axes) along which the values get sum 1, counted with the batch as 0; −1 is the last.',
        min: -7,
        max: 7,
        length: [1, 7],
        default: [-1],
      }),
      { write: (value): Json => (value.length === 1 ? (value[0] ?? -1) : [...value]), read: (json) => json },
    ),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ axis }) => (axis.length === 1 && axis[0] === -1 ? [] : [`axis ${axis.join(', ')}`.replaceAll('-', '−')]),
  infer({ params: { axis }, inputs: { in: x } }) {
    const found = axesOf(x, axis, 'axis');
    if ('refusal' in found) return found;
    const overLast = found.axes.length === 1 && found.axes[0] === x.shape.length - 1;
    return {
      output: { ...likeInput(x), ...(overLast && { squashed: 'softmax' as const }) },
    };
  },
  names: { pytorch: 'nn.Softmax', onnx: 'Softmax' },
  keras: { className: 'Softmax' },
});
