/** Dosovitskiy et al. 2020; the size called Tiny is that of Touvron et al. 2020 (DeiT). */
import { block, type Link, network } from '../chain';
import { blockIn, blockOut, image, imagenetClasses, link } from '../parts';

const norm = (id: string, from?: string): Link => link(id, 'layerNormalization', { epsilon: 1e-6 }, from);

const narrow = { type: 'truncatedNormal', stddev: 0.02 };

const dense = (id: string, units: string, activation = 'linear'): Link =>
  link(id, 'dense', { units, ...(activation !== 'linear' && { activation }), kernelInitializer: narrow });

const WIDTH = 192;

export const vitTiny = network('ViT-Tiny', {
  links: [
    image(224),
    link('patches', 'patchEmbedding', { embedDim: WIDTH, patchSize: 16 }),
    link('token', 'classToken'),
    link('positions', 'positionEmbedding', { maxLength: 14 * 14 + 1 }),
    { ...link('encoder', 'block:encoder', { width: WIDTH, heads: 3 }), repeat: 12 },
    norm('norm'),
    link('first', 'slice', { axis: 1, size: 1 }),
    link('flatten', 'flatten'),
    ...imagenetClasses,
  ],
  blocks: {
    encoder: block({
      title: 'Transformer block',
      note: 'Every patch looks at all others, then is thought over by itself; both are added to what came in.',
      params: { width: WIDTH, heads: 3 },
      links: [
        blockIn,
        norm('norm1'),
        link(
          'attention',
          'multiHeadAttention',
          { numHeads: 'heads', keyDim: 'width/heads' },
          { query: 'norm1', value: 'norm1' },
        ),
        link('add1', 'add', undefined, ['attention', 'in']),
        norm('norm2', 'add1'),
        dense('widen', '4*width', 'gelu'),
        dense('narrow', 'width'),
        link('add2', 'add', undefined, ['narrow', 'add1']),
        blockOut,
      ],
    }),
  },
});
