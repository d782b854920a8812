import { defineLayer } from '../declaration';
import { real } from '../params';

/** Every value times one number, plus another. */
export const rescaling = defineLayer({
  type: 'rescaling',
  title: 'Rescaling',
  family: 'preprocessing',
  summary: 'Multiplies every value by a number and adds another: from bytes to shares of one.',
  keywords: ['scale', 'normalise', '255', 'preprocess'],
  docs: {
    text: 'Brings values to the size that networks learn from best. A scale of 1/255 turns bytes into 0 to 1; 1/127.5 and an offset of −1 into −1 to 1. As part of the model it goes wherever the model goes.',
    formula: 'y = s\\,x + o',
    source: {
      title: 'Keras: Rescaling',
      url: 'https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/',
    },
  },
  names: { pytorch: 'x * s + o', onnx: 'Mul, Add' },
  params: {
    scale: real({
      label: 'Scale',
      help: 'What every value is multiplied by.',
      symbol: 's',
      min: -1_000_000,
      step: 0.001,
      default: 1 / 255,
    }),
    offset: real({ label: 'Offset', help: 'What is added.', symbol: 'o', min: -1_000_000, default: 0 }),
  },
  inputs: { in: { title: 'Tensor' } },
  keepsShape: true,
  digest: ({ scale, offset }) => [`× ${Number(scale.toPrecision(3))}`, ...(offset === 0 ? [] : [`+ ${offset}`])],
  infer: ({ inputs: { in: x } }) => ({
    output: { shape: x.shape, dtype: 'float32', ...(x.masked && { masked: x.masked }) },
  }),
  keras: { className: 'Rescaling' },
});
