/** Dropout of whole channels. Tompson et al. 2015. */
import { defineLayer } from '../declaration';
import { real } from '../params';
import { likeInput } from '../shared/same';
import { dataFormat } from '../shared/window';

const rate = real({
  label: 'Rate',
  help: 'The share of channels set to zero.',
  symbol: 'p',
  min: 0,
  below: 1,
  step: 0.05,
  default: 0.5,
});

const docs = {
  text: 'Neighbouring values of a feature map are much alike, so dropping single ones takes little away. This drops whole channels of a sample instead, and scales the rest by 1/(1 − p), while training only.',
  formula: 'y_{\\dots,c} = \\frac{m_c\\, x_{\\dots,c}}{1 - p}, \\quad m_c \\sim \\mathrm{Bernoulli}(1 - p)',
  source: { title: 'Tompson et al. 2015', url: 'https://arxiv.org/abs/1411.4280' },
};

const keywords = ['dropout', 'channel', 'feature map', 'overfitting'];

export const spatialDropout1d = defineLayer({
  type: 'spatialDropout1d',
  title: 'SpatialDropout1D',
  family: 'regularization',
  summary: 'Sets whole channels of a sequence to zero while training.',
  keywords,
  docs,
  params: { rate },
  inputs: { in: { title: 'Sequence', rank: [3] } },
  keepsShape: true,
  digest: (p) => [`rate ${p.rate}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  names: { pytorch: 'nn.Dropout1d', onnx: 'Dropout' },
  keras: { className: 'SpatialDropout1D' },
});

export const spatialDropout2d = defineLayer({
  type: 'spatialDropout2d',
  title: 'SpatialDropout2D',
  family: 'regularization',
  summary: 'Sets whole feature maps of an image to zero while training.',
  keywords,
  docs,
  params: { rate, dataFormat: dataFormat() },
  inputs: { in: { title: 'Image', rank: [4] } },
  keepsShape: true,
  digest: (p) => [`rate ${p.rate}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  names: { pytorch: 'nn.Dropout2d', onnx: 'Dropout' },
  keras: { className: 'SpatialDropout2D' },
});

export const spatialDropout3d = defineLayer({
  type: 'spatialDropout3d',
  title: 'SpatialDropout3D',
  family: 'regularization',
  summary: 'Sets whole feature maps of a volume to zero while training.',
  keywords,
  docs,
  params: { rate, dataFormat: dataFormat() },
  inputs: { in: { title: 'Volume', rank: [5] } },
  keepsShape: true,
  digest: (p) => [`rate ${p.rate}`],
  infer: ({ inputs: { in: x } }) => ({ output: likeInput(x) }),
  names: { pytorch: 'nn.Dropout3d', onnx: 'Dropout' },
  keras: { className: 'SpatialDropout3D' },
});
