import type { Chapter } from '../entry';

export const efficient: Chapter = {
  id: 'efficient',
  title: 'Small and efficient networks',
  entries: [
    {
      id: 'squeezenet',
      title: 'SqueezeNet',
      summary:
        'As good as AlexNet with a fiftieth of its weights. Fire modules squeeze the channels before they look at them.',
      source: { title: 'Iandola et al. 2016', url: 'https://arxiv.org/abs/1602.07360' },
      parameters: { keras: 1_248_424, pytorch: 1_248_424 },
      open: async () => (await import('./squeezenet')).squeezenet,
    },
    {
      id: 'mobilenet-v1',
      title: 'MobileNet v1',
      summary:
        'Made for telephones: thirteen convolutions in two cheap parts, one for each channel and one across them. An eighth of the work of full convolutions, almost as good.',
      source: { title: 'Howard et al. 2017', url: 'https://arxiv.org/abs/1704.04861' },
      parameters: { keras: 4_253_864, pytorch: 4_231_976 },
      open: async () => (await import('./mobilenet')).mobilenetV1,
    },
    {
      id: 'mobilenet-v2',
      title: 'MobileNet v2',
      summary:
        'Residual blocks turned inside out: wide within, narrow where the skips are. The narrow ends have no activation, which would lose too much there.',
      source: { title: 'Sandler et al. 2018', url: 'https://arxiv.org/abs/1801.04381' },
      parameters: { keras: 3_538_984, pytorch: 3_504_872 },
      open: async () => (await import('./mobilenet')).mobilenetV2,
    },
    {
      id: 'efficientnet-b0',
      title: 'EfficientNet-B0',
      summary:
        'Found by search, and the seed of a family that grows in depth, width and image size together. Each block weighs its channels before it narrows them.',
      source: { title: 'Tan & Le 2019', url: 'https://arxiv.org/abs/1905.11946' },
      parameters: { keras: 5_330_571, pytorch: 5_288_548 },
      open: async () => (await import('./efficientnet')).efficientnetB0,
    },
  ],
};
