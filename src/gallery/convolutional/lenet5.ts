import { network } from '../chain';

/** ReLU wants weights of twice the variance (He et al. 2015); with it three epochs are enough. */
const relu = { activation: 'relu', kernelInitializer: 'heNormal' } as const;

/** LeCun et al. 1998 as courses train it today: ReLU and max pooling in place of tanh and averages; the same 61,706 parameters. */
export const lenet5 = network('LeNet-5', {
  links: [
    { id: 'image', type: 'input' },
    { id: 'conv1', type: 'conv2d', params: { filters: 6, kernelSize: [5, 5], padding: 'same', ...relu } },
    { id: 'pool1', type: 'maxPooling2d' },
    { id: 'conv2', type: 'conv2d', params: { filters: 16, kernelSize: [5, 5], ...relu } },
    { id: 'pool2', type: 'maxPooling2d' },
    { id: 'flatten', type: 'flatten' },
    { id: 'dense1', type: 'dense', params: { units: 120, ...relu } },
    { id: 'dense2', type: 'dense', params: { units: 84, ...relu } },
    { id: 'dense3', type: 'dense', params: { units: 10, activation: 'softmax' } },
    { id: 'loss', type: 'crossEntropy' },
  ],
  training: { dataset: 'mnist', batchSize: 16, epochs: 3, seed: 3 },
});
