import type { Chapter } from '../entry';

export const basics: Chapter = {
  id: 'basics',
  title: 'First networks',
  entries: [
    {
      id: 'logistic-regression',
      title: 'Logistic regression',
      summary: 'One dense layer and softmax: the smallest classifier there is. It learns 8×8 digits almost at once.',
      source: {
        title: 'Bishop 2006, §4.3.4',
        url: 'https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/',
      },
      parameters: { keras: 650, pytorch: 650 },
      dataset: 'digits',
      open: async () => (await import('./logisticRegression')).logisticRegression,
    },
    {
      id: 'mlp',
      title: 'MLP',
      summary:
        'A multilayer perceptron with two hidden layers and dropout. It tells ten kinds of clothes apart without knowing that they are pictures.',
      source: {
        title: 'Rumelhart, Hinton & Williams 1986',
        url: 'https://doi.org/10.1038/323533a0',
      },
      parameters: { keras: 109_386, pytorch: 109_386 },
      dataset: 'fashion-mnist',
      open: async () => (await import('./mlp')).mlp,
    },
  ],
};
