import type { Chapter } from '../entry';

export const convolutional: Chapter = {
  id: 'convolutional',
  title: 'Convolutional networks',
  entries: [
    {
      id: 'lenet-5',
      title: 'LeNet-5',
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
  ],
};
