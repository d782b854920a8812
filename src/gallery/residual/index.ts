import type { Chapter } from '../entry';

const resnet = { title: 'He, Zhang, Ren & Sun 2015', url: 'https://arxiv.org/abs/1512.03385' };

const PYTORCH = {
  50: { keras: 25_610_152, pytorch: 25_557_032 },
  101: { keras: 44_654_504, pytorch: 44_549_160 },
  152: { keras: 60_344_232, pytorch: 60_192_808 },
} as const;

export const residual: Chapter = {
  id: 'residual',
  title: 'Residual and dense networks',
  entries: [
    {
      id: 'small-resnet',
      title: 'Small residual network',
      summary:
        'Two residual blocks with batch normalisation, the second with a 1×1 projection on its skip path. Add is where the paths meet.',
      source: resnet,
      parameters: { keras: 19_866, pytorch: 19_642 },
      dataset: 'fashion-mnist',
      open: async () => (await import('./smallResnet')).smallResnet,
    },
    {
      id: 'resnet-18',
      title: 'ResNet-18',
      summary:
        'The smallest residual network for ImageNet: four stages of two blocks with two convolutions each. Every block adds to what it is given, so gradients reach the first layer unhindered.',
      source: resnet,
      parameters: { keras: 11_699_112, pytorch: 11_689_512 },
      open: async () => (await import('./resnet')).resnetOfPytorch(18),
    },
    {
      id: 'resnet-34',
      title: 'ResNet-34',
      summary:
        'Sixteen residual blocks of two 3×3 convolutions. As a plain chain of the same depth it learned worse than one of 18; with skips it learns better.',
      source: resnet,
      parameters: { keras: 21_814_696, pytorch: 21_797_672 },
      open: async () => (await import('./resnet')).resnetOfPytorch(34),
    },
    {
      id: 'resnet-50',
      title: 'ResNet-50',
      summary:
        'The residual network that most others are compared with, of sixteen bottlenecks, as Keras has it. A bottleneck works on a quarter of the channels between two 1×1 convolutions.',
      source: resnet,
      parameters: { keras: 25_636_712, pytorch: 25_583_592 },
      open: async () => (await import('./resnet')).resnetOfKeras(50),
    },
    {
      id: 'resnet-101',
      title: 'ResNet-101',
      summary:
        'ResNet-50 with a third stage of 23 bottlenecks instead of six, as Keras has it. The added depth lies where the image is 14×14.',
      source: resnet,
      parameters: { keras: 44_707_176, pytorch: 44_601_832 },
      open: async () => (await import('./resnet')).resnetOfKeras(101),
    },
    {
      id: 'resnet-152',
      title: 'ResNet-152',
      summary:
        'The winner of ImageNet 2015: fifty bottlenecks in four stages, as Keras has it. It is eight times as deep as VGG-19 and still takes fewer multiplications.',
      source: resnet,
      parameters: { keras: 60_419_944, pytorch: 60_268_520 },
      open: async () => (await import('./resnet')).resnetOfKeras(152),
    },
    ...([50, 101, 152] as const).map((depth) => ({
      id: `resnet-${depth}-pytorch`,
      title: `ResNet-${depth} (PyTorch)`,
      summary: `ResNet-${depth} as torchvision has it, called v1.5. Its convolutions have no biases, and the 3×3 ones take the strides.`,
      source: resnet,
      parameters: PYTORCH[depth],
      open: async () => (await import('./resnet')).resnetOfPytorch(depth),
    })),
    {
      id: 'resnet-50-v2',
      title: 'ResNet-50 v2',
      summary:
        'Normalisation and ReLU come before each convolution, so the skips run from end to end untouched. Networks of a thousand layers learn this way.',
      source: { title: 'He, Zhang, Ren & Sun 2016', url: 'https://arxiv.org/abs/1603.05027' },
      parameters: { keras: 25_613_800, pytorch: 25_568_360 },
      open: async () => (await import('./resnetV2')).resnet50V2,
    },
    {
      id: 'densenet-121',
      title: 'DenseNet-121',
      summary:
        'Each layer reads what all before it have written, and adds 32 channels of its own. Nothing has to be learned twice, so eight million weights are enough.',
      source: { title: 'Huang, Liu, van der Maaten & Weinberger 2016', url: 'https://arxiv.org/abs/1608.06993' },
      parameters: { keras: 8_062_504, pytorch: 7_978_856 },
      open: async () => (await import('./densenet')).densenet121,
    },
  ],
};
