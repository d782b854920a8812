import { defineLayer } from '../declaration';
import { real } from '../params';

/** Steps of which every value is the given one are marked as padding. */
export const masking = defineLayer({
  type: 'masking',
  title: 'Masking',
  family: 'recurrent',
  summary: 'Marks steps that are only padding, so that recurrent layers pass over them.',
  keywords: ['mask', 'padding', 'variable length', 'sequence'],
  docs: {
    text: 'Sequences of different lengths are filled up to one. A step of which every value is the mask value is marked; layers that know masks then keep what they remember instead of reading it. The values themselves become zero.',
    formula: 'm_t = [\\,x_{t,c} \\ne v \\text{ for some } c\\,], \\quad y_t = m_t\\, x_t',
    source: { title: 'Keras: Masking', url: 'https://keras.io/api/layers/core_layers/masking/' },
  },
  names: { pytorch: 'pack_padded_sequence' },
  params: {
    maskValue: real({ label: 'Mask value', help: 'What the padding holds.', min: -1_000_000_000, default: 0 }),
  },
  inputs: { in: { title: 'Sequence', rank: [3, 4, 5] } },
  keepsShape: true,
  digest: ({ maskValue }) => (maskValue === 0 ? [] : [`value ${maskValue}`]),
  infer: ({ inputs: { in: x } }) => ({ output: { shape: x.shape, dtype: x.dtype, masked: true } }),
  keras: { className: 'Masking' },
});
