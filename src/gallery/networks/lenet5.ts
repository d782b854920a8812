import { network } from '../chain';

/** LeCun et al. 1998 as courses train it today: ReLU and max pooling in place of tanh and averages; the same 61,706 parameters. */
export const lenet5 = network(
  'LeNet-5',
  [
    { id: 'image', type: 'input' },
    { id: 'conv1', type: 'conv2d', params: { filters: 6, kernelSize: [5, 5], padding: 'same', activation: 'relu' } },
    { id: 'pool1', type: 'maxPooling2d' },
    { id: 'conv2', type: 'conv2d', params: { filters: 16, kernelSize: [5, 5], activation: 'relu' } },
    { id: 'pool2', type: 'maxPooling2d' },
    { id: 'flatten', type: 'flatten' },
    { id: 'dense1', type: 'dense', params: { units: 120, activation: 'relu' } },
    { id: 'dense2', type: 'dense', params: { units: 84, activation: 'relu' } },
    { id: 'dense3', type: 'dense', params: { units: 10, activation: 'softmax' } },
    { id: 'loss', type: 'crossEntropy' },
  ],
  {
    dataset: 'mnist',
    batchSize: 16,
    epochs: 3,
    phases: [
      {
        minimise: 'all',
        train: 'all',
        optimizer: { type: 'adam', learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
      },
    ],
  },
);
