/** Small classifiers that take images of any size and train in the tab. */
import { optimizerSchema } from '@/document';
import { type Link, network } from '../chain';
import { image, link } from '../parts';

const conv = (id: string, filters: number, kernelSize = 3, strides = 1): Link =>
  link(id, 'conv2d', {
    filters,
    kernelSize,
    ...(strides > 1 && { strides }),
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'heNormal',
  });

const training = { dataset: 'mnist', batchSize: 32, epochs: 3, seed: 1 };

/** Springenberg et al. 2014: strided convolutions in place of pooling, 1×1 ones in place of dense layers. */
export const allConvolutional = network('All-convolutional network', {
  links: [
    image(null, 1),
    conv('conv1', 16),
    conv('conv2', 16, 3, 2),
    conv('conv3', 32),
    conv('conv4', 32, 3, 2),
    conv('conv5', 32, 1),
    link('scores', 'conv2d', { filters: 10, kernelSize: 1 }),
    link('average', 'globalAveragePooling2d'),
    link('classes', 'activation', { function: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  training: {
    ...training,
    phases: [
      { minimise: 'all', train: 'all', optimizer: optimizerSchema.parse({ type: 'adam', learningRate: 0.003 }) },
    ],
  },
});

/** He et al. 2014: a pyramid of poolings makes a row of fixed length of any image, so dense layers can follow. */
export const spatialPyramid = network('Spatial pyramid network', {
  links: [
    image(null, 1),
    conv('conv1', 16),
    link('pool1', 'maxPooling2d'),
    conv('conv2', 32),
    link('pool2', 'maxPooling2d'),
    link('pyramid', 'spatialPyramidPooling2d', { levels: [1, 2, 4] }),
    link('dense', 'dense', { units: 64, activation: 'relu', kernelInitializer: 'heNormal' }),
    link('dropout', 'dropout', { rate: 0.2 }),
    link('classes', 'dense', { units: 10, activation: 'softmax' }),
    link('loss', 'crossEntropy'),
  ],
  training,
});
