import { defineLayer } from '../declaration';
import { divideExactly, formatDim } from '../dimension';
import { derive } from '../formula';
import { integer } from '../params';
import { between } from '../shared/upSampling';

/** Channels become pixels. Shi et al. 2016. */
export const pixelShuffle2d = defineLayer({
  type: 'pixelShuffle2d',
  title: 'PixelShuffle2D',
  family: 'shape',
  summary: 'Makes an image larger by laying channels out as pixels.',
  keywords: ['depth to space', 'sub-pixel', 'upsample', 'super-resolution'],
  docs: {
    text: 'Takes S² channels for each channel that comes out, and lays them out as a block of S×S pixels. A convolution before it learns what to put there: how super-resolution networks grow their image without a transposed convolution.',
    formula: 'y_{iS+u,\\,jS+v,\\,c} = x_{i,\\,j,\\,(uS+v)C+c}',
    source: { title: 'Shi et al. 2016', url: 'https://arxiv.org/abs/1609.05158' },
  },
  names: { pytorch: 'nn.PixelShuffle', onnx: 'DepthToSpace' },
  params: {
    blockSize: integer({
      label: 'Factor',
      help: 'How many times as high and wide.',
      symbol: 'S',
      min: 1,
      max: 64,
      default: 2,
    }),
  },
  inputs: { in: { title: 'Image', rank: [4] } },
  digest: ({ blockSize }) => [`×${blockSize}`],
  infer({ params: { blockSize }, inputs: { in: x } }) {
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    const values = { H: height, W: width, D: channels, S: blockSize };
    if (divideExactly(channels, blockSize * blockSize) === null) {
      return {
        refusal: {
          message: `${formatDim(channels)} channels cannot be laid out in blocks of ${blockSize}×${blockSize} pixels.`,
          why: `Every channel that comes out takes ${blockSize * blockSize} of those that come in.`,
          port: 'in',
          repairs: [
            {
              title: `Insert Conv2D(${blockSize * blockSize}, 1×1)`,
              kind: 'insertBefore',
              port: 'in',
              layers: [{ type: 'conv2d', params: { filters: blockSize * blockSize, kernelSize: 1 } }],
            },
          ],
        },
      };
    }
    const shape = [
      derive('Output height', 'H·S', values),
      derive('Output width', 'W·S', values),
      derive('Output channels', 'D/(S·S)', values),
    ];
    return {
      output: { shape: [batch, ...shape.map(({ result }) => result)], dtype: x.dtype },
      shape,
      window: between(false, [1 / blockSize, 1 / blockSize]),
    };
  },
  keras: { className: 'PixelShuffle2D', custom: true },
});
