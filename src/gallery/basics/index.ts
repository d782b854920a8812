import type { Chapter } from '../entry';

export const basics: Chapter = {
  id: 'basics',
  title: 'First networks',
  entries: [
    {
      id: 'perceptron',
      title: 'Perceptron',
      summary:
        'Ten units that fire or do not, one for each digit, taught by their mistakes. The oldest network that learns.',
      source: { title: 'Rosenblatt 1958', url: 'https://doi.org/10.1037/h0042519' },
      parameters: { keras: 650, pytorch: 650 },
      dataset: 'digits',
      open: async () => (await import('./linear')).perceptron,
    },
    {
      id: 'linear-regression',
      title: 'Linear regression',
      summary:
        'One where the digit is and zero elsewhere, as weighted sums of the pixels. Least squares, found by descent.',
      source: { title: 'Hastie, Tibshirani & Friedman 2009, §3.2', url: 'https://hastie.su.domains/ElemStatLearn/' },
      parameters: { keras: 650, pytorch: 650 },
      dataset: 'digits',
      open: async () => (await import('./linear')).linearRegression,
    },
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
      id: 'linear-svm',
      title: 'Linear SVM',
      summary:
        'Ten linear support vector machines, each for one digit against the rest. The hinge asks for a margin, and the penalty on the weights makes it wide.',
      source: { title: 'Cortes & Vapnik 1995', url: 'https://doi.org/10.1007/BF00994018' },
      parameters: { keras: 650, pytorch: 650 },
      dataset: 'digits',
      open: async () => (await import('./linear')).linearSvm,
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
    {
      id: 'deep-mlp',
      title: 'Deep MLP',
      summary:
        'Four hidden layers with batch normalisation and dropout, drawn as one block that repeats at four widths. Without the normalisation, a stack as deep as this learns slowly.',
      source: { title: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' },
      parameters: { keras: 261_002, pytorch: 259_850 },
      dataset: 'fashion-mnist',
      open: async () => (await import('./deepMlp')).deepMlp,
    },
  ],
};
