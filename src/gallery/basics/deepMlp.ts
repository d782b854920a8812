import { block, network } from '../chain';
import { link, relu } from '../parts';

/** Four hidden layers, each normalised and thinned out: Ioffe & Szegedy 2015 and Srivastava et al. 2014 together. */
export const deepMlp = network('Deep MLP', {
  links: [
    link('image', 'input'),
    link('flatten', 'flatten'),
    {
      ...link('hidden', 'block:hidden', { rate: 0.2 }),
      repeat: 4,
      along: { units: [256, 128, 128, 64] },
    },
    link('classes', 'dense', { units: 10, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  blocks: {
    hidden: block({
      title: 'Hidden layer',
      note: 'A dense layer, its normalisation, ReLU and dropout.',
      params: { units: 128, rate: 0.2 },
      links: [
        link('dense', 'dense', { units: 'units', useBias: false, kernelInitializer: 'heNormal' }),
        link('norm', 'batchNormalization', { momentum: 0.9 }),
        relu('relu'),
        link('dropout', 'dropout', { rate: 'rate' }),
      ],
    }),
  },
  training: { dataset: 'fashion-mnist', batchSize: 64, epochs: 10 },
});
