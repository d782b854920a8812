import { defineLayer, type RuleResult } from '../declaration';
import { formatShape, isKnown } from '../dimension';
import { derive } from '../formula';
import { flag, integer, pair } from '../params';
import { weightOf, weightParams } from '../shared/weights';
import { sizesDigest } from '../shared/window';

/** Dosovitskiy et al. 2021 (ViT). */
export const patchEmbedding = defineLayer({
  type: 'patchEmbedding',
  title: 'PatchEmbedding',
  family: 'attention',
  summary: 'Cuts an image into patches and makes each a vector: the first step of a vision transformer.',
  keywords: ['vit', 'vision transformer', 'token', 'patch', 'image'],
  docs: {
    text: 'Cuts the image into patches that do not overlap and gives each to the same dense layer. The result is a sequence, one step for each patch, row by row, which attention can work on. It is a convolution whose stride is its window, with the places put in one line.',
    formula: 'y_p = W \\operatorname{vec}(x_p) + b',
    source: { title: 'Dosovitskiy et al. 2021', url: 'https://arxiv.org/abs/2010.11929' },
  },
  params: {
    embedDim: integer({
      label: 'Features',
      help: 'How long the vector of a patch is.',
      symbol: 'K',
      min: 1,
      max: 100_000,
      default: 64,
    }),
    patchSize: pair({
      label: 'Patch size',
      help: 'Height and width of a patch.',
      symbol: 'P',
      min: 1,
      max: 1000,
      default: [4, 4],
    }),
    useBias: flag({ label: 'Bias', help: 'Adds a learned constant to each feature.', default: true }),
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
  },
  inputs: { in: { title: 'Image', rank: [4] } },
  sizeParam: 'embedDim',
  digest: ({ embedDim, patchSize }) => [`${sizesDigest(patchSize)} patches`, `${embedDim} features`],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
    if (!isKnown(channels)) {
      return {
        refusal: {
          message: 'The number of channels is unknown, so the number of weights cannot be told.',
          why: 'Height and width may be of any size, but every feature has weights for each channel.',
          port: 'in',
        },
      };
    }
    const sides = [height, width];
    const uneven = sides.some((side, axis) => isKnown(side) && side % (p.patchSize[axis] ?? 1) !== 0);
    if (uneven) {
      const fitting = sides.map((side, axis) => nearestDivisor(Number(side), p.patchSize[axis] ?? 1));
      return {
        refusal: {
          message: `Patches of ${sizesDigest(p.patchSize)} do not divide an image of ${formatShape(x.shape)}.`,
          why: 'The patches must cover the whole image without overlapping.',
          param: 'patchSize',
          repairs: [{ title: `Patches of ${sizesDigest(fitting)}`, kind: 'setParams', params: { patchSize: fitting } }],
        },
      };
    }
    const values = { H: height, W: width, P_h: p.patchSize[0], P_w: p.patchSize[1], C: channels, K: p.embedDim };
    const patches = derive('Patches', '⌊H/P_h⌋·⌊W/P_w⌋', values);
    return {
      output: { shape: [batch, patches.result, p.embedDim], dtype: 'float32' },
      weights: [
        weightOf('kernel', [...p.patchSize, channels, p.embedDim], ['P_h', 'P_w', 'C', 'K'], p),
        ...(p.useBias ? [weightOf('bias', [p.embedDim], ['K'], p)] : []),
      ],
      shape: [patches],
      parameters: derive('Parameters', `P_h·P_w·C·K${p.useBias ? ' + K' : ''}`, values),
      macs: derive('Multiply-adds', '⌊H/P_h⌋·⌊W/P_w⌋·P_h·P_w·C·K', values),
      window: { kernel: p.patchSize, strides: p.patchSize, dilation: [1, 1] },
    };
  },
  names: { pytorch: 'nn.Conv2d(…).flatten(2).transpose(1, 2)', onnx: 'Conv, Reshape' },
  keras: { className: 'PatchEmbedding', custom: true },
});

/** The divisor of a size that is nearest to a wanted one; unknown sizes keep it. */
function nearestDivisor(size: number, wanted: number): number {
  if (!Number.isInteger(size)) return wanted;
  for (let step = 0; step < size; step++) {
    for (const candidate of [wanted - step, wanted + step])
      if (candidate >= 1 && size % candidate === 0) return candidate;
  }
  return 1;
}
