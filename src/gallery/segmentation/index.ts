import type { Chapter } from '../entry';

export const segmentation: Chapter = {
  id: 'segmentation',
  title: 'Segmentation, and images of any size',
  entries: [
    {
      id: 'u-net',
      title: 'U-Net',
      summary:
        'Down to see the whole, up to say it of each pixel, with what was seen on the way down beside it. Made for microscope images, of which there are few.',
      source: { title: 'Ronneberger, Fischer & Brox 2015', url: 'https://arxiv.org/abs/1505.04597' },
      parameters: { keras: 31_031_685, pytorch: 31_031_685 },
      open: async () => (await import('./unet')).unet,
    },
    {
      id: 'fcn-32s',
      title: 'FCN-32s',
      summary:
        'VGG-16 with its dense layers made convolutions, so an image of any size goes in and a map of classes comes out. The last layer enlarges it 32 times.',
      source: { title: 'Long, Shelhamer & Darrell 2015', url: 'https://arxiv.org/abs/1411.4038' },
      parameters: { keras: 136_152_917, pytorch: 136_152_917 },
      open: async () => (await import('./fcn')).fcn32s,
    },
    {
      id: 'all-convolutional',
      title: 'All-convolutional network',
      summary:
        'Strides in place of pooling and 1×1 convolutions in place of dense layers. It learns digits of 28×28 and then takes images of any size.',
      source: { title: 'Springenberg et al. 2014', url: 'https://arxiv.org/abs/1412.6806' },
      parameters: { keras: 17_754, pytorch: 17_754 },
      dataset: 'mnist',
      open: async () => (await import('./anySize')).allConvolutional,
    },
    {
      id: 'spatial-pyramid',
      title: 'Spatial pyramid network',
      summary:
        'Pools the image into 1, 4 and 16 parts at once, which makes a row of fixed length of any image. So dense layers can follow, whatever its size.',
      source: { title: 'He, Zhang, Ren & Sun 2014', url: 'https://arxiv.org/abs/1406.4729' },
      parameters: { keras: 48_522, pytorch: 48_522 },
      dataset: 'mnist',
      open: async () => (await import('./anySize')).spatialPyramid,
    },
  ],
};
