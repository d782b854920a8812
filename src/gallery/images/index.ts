/** Networks that look at images, or at rows of numbers as the first ones do. */
import type { GalleryEntry } from '../entry';

export const IMAGE_NETWORKS: readonly GalleryEntry[] = [
  {
    id: 'lenet-5',
    title: 'LeNet-5',
    group: 'convolutional',
    summary:
      'The network that read cheques: two convolutions, two poolings, three dense layers, here with ReLU and max pooling. It learns handwritten digits to 97 % in a few seconds.',
    source: {
      title: 'LeCun, Bottou, Bengio & Haffner 1998',
      url: 'http://vision.stanford.edu/cs598_spring07/papers/Lecun98.pdf',
    },
    parameters: { keras: 61_706, pytorch: 61_706 },
    dataset: 'mnist',
    open: async () => (await import('./lenet5')).lenet5,
  },
  {
    id: 'logistic-regression',
    title: 'Logistic regression',
    group: 'first',
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
    group: 'first',
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
    id: 'small-resnet',
    title: 'Small residual network',
    group: 'residual',
    summary:
      'Two residual blocks with batch normalisation, the second with a 1×1 projection on its skip path. Add is where the paths meet.',
    source: { title: 'He, Zhang, Ren & Sun 2015', url: 'https://arxiv.org/abs/1512.03385' },
    parameters: { keras: 19_866, pytorch: 19_642 },
    dataset: 'fashion-mnist',
    open: async () => (await import('./smallResnet')).smallResnet,
  },
];
