import { network } from '../chain';

/** One dense layer and softmax: the smallest classifier. */
export const logisticRegression = network('Logistic regression', {
  links: [
    { id: 'image', type: 'input' },
    { id: 'flatten', type: 'flatten' },
    { id: 'dense', type: 'dense', params: { units: 10, activation: 'softmax' } },
    { id: 'loss', type: 'crossEntropy' },
  ],
  training: {
    dataset: 'digits',
    batchSize: 32,
    epochs: 20,
    phases: [
      { minimise: 'all', train: 'all', optimizer: { type: 'sgd', learningRate: 0.1, momentum: 0.9, nesterov: false } },
    ],
  },
});
