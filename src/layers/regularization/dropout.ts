import { defineLayer, type Refusal, type Tensor } from '../declaration';
import { formatShape, sameSize } from '../dimension';
import { optionalShape, real, type ShapeParam } from '../params';
import { likeInput } from '../shared/same';

/** Srivastava et al. 2014, in the inverted form: what is kept is divided by 1 − p while training. */
export const dropout = defineLayer({
  type: 'dropout',
  title: 'Dropout',
  family: 'regularization',
  summary: 'Sets a random share of the values to zero while training.',
  keywords: ['regularise', 'overfitting', 'noise'],
  docs: {
    text: 'While training, each value is set to zero with probability p and the rest is scaled by 1/(1 − p), so the expected sum stays. When predicting it does nothing. It keeps units from relying on one another.',
    formula: 'y = \\frac{m \\odot x}{1 - p}, \\quad m \\sim \\mathrm{Bernoulli}(1 - p)',
    source: { title: 'Srivastava et al. 2014', url: 'https://jmlr.org/papers/v15/srivastava14a.html' },
  },
  params: {
    rate: real({
      label: 'Rate',
      help: 'The share of values set to zero.',
      symbol: 'p',
      min: 0,
      below: 1,
      step: 0.05,
      default: 0.5,
    }),
    noiseShape: optionalShape({
      label: 'Shape of the mask',
      help: 'With the batch first; along an axis of size 1 all values share their fate, and ? is the tensor’s own size. Empty: each value by itself.',
      default: null,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ rate }) => [`rate ${rate}`],
  infer({ params: { noiseShape }, inputs: { in: x } }) {
    const refusal = unfitMask(noiseShape, x);
    return refusal ? { refusal } : { output: likeInput(x) };
  },
  names: { pytorch: 'nn.Dropout', onnx: 'Dropout' },
  keras: { className: 'Dropout' },
});

function unfitMask(mask: ShapeParam | null, { shape }: Tensor): Refusal | null {
  const fits = (size: number | null, axis: number): boolean =>
    size === null || size === 1 || sameSize(size, shape[axis] ?? 0) === true;
  if (mask === null || (mask.length === shape.length && mask.every(fits))) return null;
  return {
    message: `A mask of ${mask.map((size) => size ?? '?').join('×')} does not fit ${formatShape(shape)}.`,
    why: 'It needs a size for each axis, the batch first: 1 where all values share their fate, else the tensor’s own.',
    param: 'noiseShape',
    repairs: [{ title: 'Drop each value by itself', kind: 'setParams', params: { noiseShape: null } }],
  };
}
