/** Liu et al. 2022: a convolutional network taught by the Transformer, in its smallest size. */
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetClasses, link, type Size } from '../parts';

/** Section 3 of the paper: channels and blocks of the four stages. */
const STAGES = [
  { filters: 96, blocks: 3 },
  { filters: 192, blocks: 3 },
  { filters: 384, blocks: 9 },
  { filters: 768, blocks: 3 },
] as const;

/** How often the last of all blocks is left out while training; the first never is. */
const MOST_DROPPED = 0.1;

const COUNT = STAGES.reduce((sum, { blocks }) => sum + blocks, 0);

/** How often each block of a stage is left out (stochastic depth). */
const dropped = (stage: number): number[] => {
  const before = STAGES.slice(0, stage).reduce((sum, { blocks }) => sum + blocks, 0);
  const rate = (at: number): number => Number(((MOST_DROPPED * at) / (COUNT - 1)).toFixed(4));
  return Array.from({ length: STAGES[stage]?.blocks ?? 0 }, (_, at) => rate(before + at));
};

const norm = (id: string): Link => link(id, 'layerNormalization', { epsilon: 1e-6 });

/** Patches that do not overlap. */
const patches = (id: string, filters: Size, size: number): Link =>
  link(id, 'conv2d', { filters, kernelSize: size, strides: size });

export const convnextTiny = network('ConvNeXt-Tiny', {
  links: [
    image(224),
    patches('stem', STAGES[0].filters, 4),
    norm('norm1'),
    ...STAGES.flatMap(({ filters, blocks }, at): Link[] => [
      ...(at === 0 ? [] : [link(`shrink${at + 1}`, 'block:shrink', { filters })]),
      { ...link(`stage${at + 1}`, 'block:unit', { filters }), repeat: blocks, along: { drop: dropped(at) } },
    ]),
    link('average', 'globalAveragePooling2d'),
    norm('norm'),
    ...imagenetClasses,
  ],
  blocks: {
    unit: block({
      title: 'ConvNeXt block',
      note: 'A wide window over each channel, then two layers at each pixel; both after the manner of a Transformer.',
      params: { filters: 96, drop: 0 },
      links: [
        blockIn,
        link('depthwise', 'depthwiseConv2d', { kernelSize: 7, padding: 'same' }),
        norm('norm'),
        link('widen', 'conv2d', { filters: '4*filters', kernelSize: 1, activation: 'gelu' }),
        link('narrow', 'conv2d', { filters: 'filters', kernelSize: 1 }),
        link('scale', 'layerScale'),
        link('drop', 'dropout', { rate: 'drop', noiseShape: [null, 1, 1, 1] }),
        link('add', 'add', undefined, ['in', 'drop']),
        blockOut,
      ],
    }),
    shrink: block({
      title: 'Downsampling',
      note: 'Halves the image by patches of 2×2.',
      params: { filters: 192 },
      links: [norm('norm'), patches('conv', 'filters', 2)],
    }),
  },
});
