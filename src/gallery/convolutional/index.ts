import type { Chapter } from '../entry';

const vgg = { title: 'Simonyan & Zisserman 2014', url: 'https://arxiv.org/abs/1409.1556' };

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
    {
      id: 'alexnet-2012',
      title: 'AlexNet (2012)',
      summary:
        'The network that won ImageNet 2012 and began the age of deep learning. Its convolutions are in two groups, one for each of two graphics cards, and neighbouring channels dampen each other.',
      source: {
        title: 'Krizhevsky, Sutskever & Hinton 2012',
        url: 'https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks',
      },
      parameters: { keras: 60_965_224, pytorch: 60_965_224 },
      open: async () => (await import('./alexnet')).alexnet2012,
    },
    {
      id: 'alexnet',
      title: 'AlexNet',
      summary:
        'AlexNet in one tower, as torchvision has it. Of twenty of its weights, nineteen lie in the dense layers.',
      source: { title: 'Krizhevsky 2014', url: 'https://arxiv.org/abs/1404.5997' },
      parameters: { keras: 61_100_840, pytorch: 61_100_840 },
      open: async () => (await import('./alexnet')).alexnet,
    },
    {
      id: 'vgg-11',
      title: 'VGG-11',
      summary:
        'The smallest VGG: eight 3×3 convolutions and three dense layers. Two such convolutions see as much as one of 5×5, with fewer weights.',
      source: vgg,
      parameters: { keras: 132_863_336, pytorch: 132_863_336 },
      open: async () => (await import('./vgg')).vgg(11),
    },
    {
      id: 'vgg-16',
      title: 'VGG-16',
      summary:
        'Thirteen 3×3 convolutions in five stages, each of twice the channels on half the image. The first dense layer alone has 103 million weights.',
      source: vgg,
      parameters: { keras: 138_357_544, pytorch: 138_357_544 },
      open: async () => (await import('./vgg')).vgg(16),
    },
    {
      id: 'vgg-19',
      title: 'VGG-19',
      summary:
        'VGG-16 with one more convolution in each of the last three stages. What it sees half-way is still used to compare images as people do.',
      source: vgg,
      parameters: { keras: 143_667_240, pytorch: 143_667_240 },
      open: async () => (await import('./vgg')).vgg(19),
    },
  ],
};
