import type { Chapter } from '../entry';

export const modern: Chapter = {
  id: 'modern',
  title: 'After the transformer',
  entries: [
    {
      id: 'convnext-tiny',
      title: 'ConvNeXt-Tiny',
      summary:
        'A ResNet rebuilt step by step after the Transformer: wide windows, few activations, normalisation by layer. It is as good as one, without attention.',
      source: { title: 'Liu et al. 2022', url: 'https://arxiv.org/abs/2201.03545' },
      parameters: { keras: 28_589_128, pytorch: 28_589_128 },
      open: async () => (await import('./convnext')).convnextTiny,
    },
    {
      id: 'vit-tiny',
      title: 'ViT-Tiny',
      summary:
        'An image as a sentence of 196 patches, read by twelve Transformer blocks. A learned token in front gathers what is needed to tell the class.',
      source: { title: 'Dosovitskiy et al. 2020', url: 'https://arxiv.org/abs/2010.11929' },
      parameters: { keras: 5_717_416, pytorch: 5_717_416 },
      open: async () => (await import('./vit')).vitTiny,
    },
  ],
};
