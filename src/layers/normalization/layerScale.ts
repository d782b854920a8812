import { defineLayer } from '../declaration';
import { real } from '../params';
import { channelsOf } from './affine';

/** Touvron et al. 2021. Keras has it beside ConvNeXt, and not among its layers. */
export const layerScale = defineLayer({
  type: 'layerScale',
  title: 'LayerScale',
  family: 'normalization',
  summary: 'Multiplies every channel by a learned factor that begins near zero.',
  keywords: ['layer scale', 'gamma', 'convnext', 'residual', 'cait'],
  docs: {
    text: 'One factor γ for each channel, at the end of a residual branch. It begins so small that the branch hardly counts, and each block begins as the identity; so very deep networks can be trained. As in Keras, marks of padding end here.',
    formula: 'y_c = \\gamma_c\\, x_c',
    source: { title: 'Touvron et al. 2021', url: 'https://arxiv.org/abs/2103.17239' },
  },
  params: {
    initValue: real({
      label: 'First value',
      help: 'What every factor begins with.',
      symbol: 'ε',
      min: -1e9,
      step: 1e-6,
      default: 1e-6,
    }),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ initValue }) => [`γ = ${initValue}`],
  infer({ params: { initValue }, inputs: { in: x } }) {
    const channels = channelsOf(x, -1);
    if (typeof channels !== 'number') return { refusal: channels };
    return {
      output: { shape: x.shape, dtype: 'float32' },
      weights: [
        {
          name: 'gamma',
          shape: [channels],
          symbols: ['C'],
          initializer: { type: 'constant', value: initValue },
          trainable: true,
        },
      ],
    };
  },
  names: { pytorch: 'timm.layers.LayerScale', onnx: 'Mul' },
  keras: {
    className: 'LayerScale',
    module: 'keras.src.applications.convnext',
    names: { initValue: 'init_values' },
    ignored: ['projection_dim'],
    write: ({ inputs: [x] }, config) => {
      const channels = x?.shape.at(-1);
      return {
        className: 'LayerScale',
        config: { ...config, projection_dim: typeof channels === 'number' ? channels : null },
      };
    },
  },
});
