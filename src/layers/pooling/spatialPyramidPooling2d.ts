import { defineLayer } from '../declaration';
import { derive } from '../formula';
import { levels } from '../shared/pooling';

/** Max pooling into 1×1, 2×2, 4×4… parts, side by side. He et al. 2014. */
export const spatialPyramidPooling2d = defineLayer({
  type: 'spatialPyramidPooling2d',
  title: 'SpatialPyramidPooling2D',
  family: 'pooling',
  summary: 'Pools an image of any size to a row of fixed length, at several scales.',
  keywords: ['spp', 'pyramid', 'pool', 'any size'],
  docs: {
    text: 'Divides the image into 1×1, 2×2, 4×4 (and so on) parts, keeps the largest value of each part and channel, and lays all of them out in one row. A dense layer can follow whatever the size of the image, and coarse and fine places are both told.',
    formula: 'y = \\big[\\max_{\\text{part}} x_c\\big]_{\\;\\text{parts of all levels},\\; c}',
    source: { title: 'He et al. 2014', url: 'https://arxiv.org/abs/1406.4729' },
  },
  params: { levels: levels() },
  inputs: { in: { title: 'Image', rank: [4] } },
  digest: ({ levels: parts }) => [parts.map((count) => `${count}×${count}`).join(', ')],
  infer({ params: { levels: parts }, inputs: { in: x } }) {
    const bins = parts.reduce((sum, count) => sum + count * count, 0);
    const size = derive('Output size', 'B·C', { B: bins, C: x.shape[3] ?? 1 });
    return { output: { shape: [x.shape[0] ?? 1, size.result], dtype: x.dtype }, shape: [size], window: 'global' };
  },
  keras: { className: 'SpatialPyramidPooling2D', custom: true },
});
