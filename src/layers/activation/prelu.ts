import type { Json } from '@/document';
import { defineLayer } from '../declaration';
import { type Dim, formatShape, isKnown } from '../dimension';
import { derive } from '../formula';
import { inKeras, integers, type KerasCodec } from '../params';
import { likeInput } from '../shared/same';
import { weightOf, weightParams } from '../shared/weights';
import { sidesOf } from '../shared/window';

/** Keras writes null for none. */
const SHARED: KerasCodec<readonly number[]> = {
  write: (axes): Json => (axes.length === 0 ? null : [...axes]),
  read: (json) => (json === null ? [] : json),
};

/** Slopes below zero that are learned. He et al. 2015. */
export const prelu = defineLayer({
  type: 'prelu',
  title: 'PReLU',
  family: 'activation',
  summary: 'A ReLU whose slope below zero is learned.',
  keywords: ['parametric relu', 'rectifier'],
  docs: {
    text: 'Above zero a value passes as it is; below, it is multiplied by a learned slope α. There is one slope for every value of a sample, unless axes are shared: with the spatial axes shared there is one for each channel, as in the paper and in PyTorch.',
    formula: 'y = \\max(0, x) + \\alpha \\min(0, x)',
    source: { title: 'He et al. 2015', url: 'https://arxiv.org/abs/1502.01852' },
  },
  params: {
    sharedAxes: inKeras(
      integers({
        label: 'Shared axes',
        help: 'Axes along which all values have the same slope, such as 1 and 2 for height and width.',
        min: 1,
        max: 7,
        length: [0, 7],
        default: [],
      }),
      SHARED,
    ),
    ...weightParams('alpha', 'Slope α', 'zeros'),
  },
  inputs: { in: { title: 'Tensor', rank: [2, 3, 4, 5] } },
  keepsShape: true,
  digest: ({ sharedAxes }) => (sharedAxes.length > 0 ? [`shared ${sharedAxes.join(', ')}`] : []),
  infer({ params: p, inputs: { in: x } }) {
    const rank = x.shape.length;
    const outside = p.sharedAxes.find((axis) => axis >= rank);
    if (outside !== undefined) {
      return {
        refusal: {
          message: `There is no axis ${outside} in ${formatShape(x.shape)}, which has axes 1 to ${rank - 1} after the batch.`,
          param: 'sharedAxes',
          repairs: [
            {
              title: 'Share the axes there are',
              kind: 'setParams',
              params: { sharedAxes: p.sharedAxes.filter((axis) => axis < rank) },
            },
          ],
        },
      };
    }
    const spatial = sidesOf(rank - 2).map(({ letter }) => letter);
    const symbols = [...spatial, 'C'].map((symbol, at) => (p.sharedAxes.includes(at + 1) ? '1' : symbol));
    const shape = x.shape.slice(1).map((size, at): Dim => (p.sharedAxes.includes(at + 1) ? 1 : size));
    const unknown = shape.findIndex((size) => !isKnown(size));
    if (unknown >= 0) {
      return {
        refusal: {
          message: `Axis ${unknown + 1} of ${formatShape(x.shape)} is of unknown size, so the number of slopes cannot be told.`,
          why: 'Every place along an axis has a slope of its own unless the axis is shared.',
          port: 'in',
          repairs: [
            {
              title: 'Share the unknown axes',
              kind: 'setParams',
              params: {
                sharedAxes: shape.flatMap((size, at) =>
                  isKnown(size) && !p.sharedAxes.includes(at + 1) ? [] : [at + 1],
                ),
              },
            },
          ],
        },
      };
    }
    const values = Object.fromEntries(symbols.map((symbol, at) => [symbol, shape[at] ?? 1]));
    return {
      output: likeInput(x),
      weights: [weightOf('alpha', shape, symbols, p)],
      parameters: derive('Parameters', symbols.filter((symbol) => symbol !== '1').join('·') || '1', values),
    };
  },
  names: { pytorch: 'nn.PReLU', onnx: 'PRelu' },
  keras: { className: 'PReLU' },
});
