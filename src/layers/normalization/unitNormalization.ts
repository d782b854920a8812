import { defineLayer } from '../declaration';
import { axes, axesRefusal } from '../shared/axes';
import { likeInput } from '../shared/same';

export const unitNormalization = defineLayer({
  type: 'unitNormalization',
  title: 'UnitNormalization',
  family: 'normalization',
  summary: 'Scales each vector to length 1.',
  keywords: ['l2 normalize', 'norm', 'cosine', 'embedding'],
  docs: {
    text: 'Divides each vector along the chosen axes by its Euclidean length, so only its direction is left. The product of two such vectors is the cosine of the angle between them.',
    formula: 'y = \\frac{x}{\\lVert x \\rVert_2}',
    source: {
      title: 'Keras: UnitNormalization',
      url: 'https://keras.io/api/layers/normalization_layers/unit_normalization/',
    },
  },
  params: { axis: axes([-1], 'The axes of the vectors.') },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ axis }) => (axis.length === 1 && axis[0] === -1 ? [] : [`axes ${axis.join(', ')}`]),
  infer({ params: { axis }, inputs: { in: x } }) {
    const refusal = axesRefusal(axis, x, 'axis');
    return refusal ? { refusal } : { output: likeInput(x) };
  },
  names: { pytorch: 'F.normalize', onnx: 'LpNormalization' },
  keras: { className: 'UnitNormalization' },
});
