import type { Chapter } from '../entry';

const googlenet = { title: 'Szegedy et al. 2014', url: 'https://arxiv.org/abs/1409.4842' };
const v3 = { title: 'Szegedy et al. 2015', url: 'https://arxiv.org/abs/1512.00567' };

export const inception: Chapter = {
  id: 'inception',
  title: 'Inception networks',
  entries: [
    {
      id: 'googlenet',
      title: 'GoogLeNet',
      summary:
        'Nine modules that look through windows of several sizes at once. It won ImageNet 2014 with a ninth of AlexNet’s weights; this is the normalised form of torchvision.',
      source: googlenet,
      parameters: { keras: 6_639_464, pytorch: 6_624_904 },
      open: async () => (await import('./googlenet')).googlenet(false),
    },
    {
      id: 'googlenet-auxiliary',
      title: 'GoogLeNet with auxiliary heads',
      summary:
        'GoogLeNet as it is trained: two further classifiers in the middle, each with a loss of weight 0.3. They are thrown away afterwards.',
      source: googlenet,
      parameters: { keras: 13_019_960, pytorch: 13_004_888 },
      open: async () => (await import('./googlenet')).googlenet(true),
    },
    {
      id: 'inception-v3',
      title: 'Inception v3',
      summary:
        'Large windows in two parts, such as 1×7 and 7×1, and several ways down side by side. As Keras has it, for images of 299×299.',
      source: v3,
      parameters: { keras: 23_851_784, pytorch: 23_817_352 },
      open: async () => (await import('./inceptionV3')).inceptionV3,
    },
    {
      id: 'inception-v3-pytorch',
      title: 'Inception v3 (PyTorch)',
      summary:
        'Inception v3 as torchvision has it, with its auxiliary head. Its normalisation has scales, and its averages count the margin.',
      source: v3,
      parameters: { keras: 27_197_488, pytorch: 27_161_264 },
      open: async () => (await import('./inceptionV3')).inceptionV3OfPytorch,
    },
    {
      id: 'xception',
      title: 'Xception',
      summary:
        'Inception taken to its end: space and channels are looked at by separate convolutions throughout. Twelve of its fourteen modules have a skip beside them.',
      source: { title: 'Chollet 2016', url: 'https://arxiv.org/abs/1610.02357' },
      parameters: { keras: 22_910_480, pytorch: 22_855_952 },
      open: async () => (await import('./xception')).xception,
    },
  ],
};
