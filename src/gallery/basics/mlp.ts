import { network } from '../chain';

/** Two hidden layers with ReLU and dropout. */
export const mlp = network('MLP', {
  links: [
    { id: 'image', type: 'input' },
    { id: 'flatten', type: 'flatten' },
    { id: 'dense1', type: 'dense', params: { units: 128, activation: 'relu', kernelInitializer: 'heUniform' } },
    { id: 'dropout', type: 'dropout', params: { rate: 0.2 } },
    { id: 'dense2', type: 'dense', params: { units: 64, activation: 'relu', kernelInitializer: 'heUniform' } },
    { id: 'dense3', type: 'dense', params: { units: 10, activation: 'softmax' } },
    { id: 'loss', type: 'crossEntropy' },
  ],
  training: { dataset: 'fashion-mnist', batchSize: 64, epochs: 5 },
});
