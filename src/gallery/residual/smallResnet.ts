import { network } from '../chain';

const conv = (filters: number, stride: number) => ({
  filters,
  ...(stride > 1 && { strides: [stride, stride] }),
  padding: 'same',
  useBias: false,
  kernelInitializer: 'heNormal',
});

/** Two residual blocks after He et al. 2015: one plain skip, one with a 1×1 projection. */
export const smallResnet = network('Small residual network', {
  links: [
    { id: 'image', type: 'input' },
    { id: 'conv1', type: 'conv2d', params: conv(16, 2) },
    { id: 'norm1', type: 'batchNormalization', params: { momentum: 0.9 } },
    { id: 'relu1', type: 'activation', params: { function: 'relu' } },
    { id: 'conv2a', type: 'conv2d', params: conv(16, 1) },
    { id: 'norm2a', type: 'batchNormalization', params: { momentum: 0.9 } },
    { id: 'relu2a', type: 'activation', params: { function: 'relu' } },
    { id: 'conv2b', type: 'conv2d', params: conv(16, 1) },
    { id: 'norm2b', type: 'batchNormalization', params: { momentum: 0.9 } },
    { id: 'add2', type: 'add', from: ['norm2b', 'relu1'] },
    { id: 'relu2', type: 'activation', params: { function: 'relu' } },
    { id: 'conv3a', type: 'conv2d', params: conv(32, 2) },
    { id: 'norm3a', type: 'batchNormalization', params: { momentum: 0.9 } },
    { id: 'relu3a', type: 'activation', params: { function: 'relu' } },
    { id: 'conv3b', type: 'conv2d', params: conv(32, 1) },
    { id: 'norm3b', type: 'batchNormalization', params: { momentum: 0.9 } },
    {
      id: 'project',
      type: 'conv2d',
      params: { filters: 32, kernelSize: [1, 1], strides: [2, 2], useBias: false, kernelInitializer: 'heNormal' },
      from: ['relu2'],
    },
    { id: 'add3', type: 'add', from: ['norm3b', 'project'] },
    { id: 'relu3', type: 'activation', params: { function: 'relu' } },
    { id: 'pool', type: 'globalAveragePooling2d' },
    { id: 'dense', type: 'dense', params: { units: 10, activation: 'softmax' } },
    { id: 'loss', type: 'crossEntropy' },
  ],
  training: { dataset: 'fashion-mnist', batchSize: 64, epochs: 5 },
});
