import { defineLayer, type Inferred, type RuleResult } from '../declaration';
import { BATCH, type Dim, divideExactly, formatDim, formatShape, product, sameSize, toNullable } from '../dimension';
import { derive } from '../formula';
import { targetShape } from '../params';
import { NOT_TOLD } from '../shared/window';

/** The same values in another shape, row-major order kept. */
export const reshape = defineLayer({
  type: 'reshape',
  title: 'Reshape',
  family: 'shape',
  summary: 'Puts the same values into another shape.',
  keywords: ['view', 'unflatten'],
  docs: {
    text: 'Keeps every value and its order, and only changes how they are counted into axes. One size may be −1: it is worked out from the rest.',
    formula: 'y_n = x_n, \\quad n = (iW + j)C + c \\text{ in either shape}',
    source: { title: 'Keras: Reshape', url: 'https://keras.io/api/layers/reshaping_layers/reshape/' },
  },
  params: {
    targetShape: targetShape({
      label: 'Target shape',
      help: 'Sizes without the batch; one may be −1.',
      default: [-1],
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  digest: ({ targetShape: sizes }) => [sizes.join('×').replaceAll('-', '−')],
  infer({ params: { targetShape: target }, inputs: { in: x } }): RuleResult {
    const total = product(x.shape.slice(1));
    const free = target.indexOf(-1);
    const fixed = target.filter((size) => size !== -1).reduce((a, b) => a * b, 1);
    const refusal = (): RuleResult => ({
      refusal: {
        message: `${formatShape(x.shape)} holds ${formatDim(total)} values; ${target.join('×').replaceAll('-', '−')} cannot hold just as many.`,
        why: 'Reshaping moves no value in or out: the sizes must multiply to the same number.',
        param: 'targetShape',
        repairs: [{ title: 'Make it one row (−1)', kind: 'setParams', params: { targetShape: [-1] } }],
      },
    });
    if (free < 0) {
      if (sameSize(total, fixed) !== true) return refusal();
      return { output: { shape: [x.shape[0] ?? BATCH, ...target], dtype: x.dtype }, ...seen(x.shape.slice(1), target) };
    }
    const rest = divideExactly(total, fixed);
    if (rest === null) return refusal();
    const sizes = target.map((size, axis) => (axis === free ? rest : size));
    return {
      output: { shape: [x.shape[0] ?? BATCH, ...sizes], dtype: x.dtype },
      shape: [derive('The size left free', 'n/P', { n: total, P: fixed })],
      ...seen(x.shape.slice(1), sizes),
    };
  },
  // Known sizes are written out: tfjs takes any size it has to work out for unknown, since the batch is.
  names: { pytorch: 'torch.reshape', onnx: 'Reshape' },
  keras: {
    className: 'Reshape',
    write: ({ output }) => ({
      className: 'Reshape',
      config: { target_shape: toNullable(output.shape.slice(1)).map((size) => size ?? -1) },
    }),
  },
});

/** In one row, or with the same places, every value still sees what it saw; else its neighbours are others. */
function seen(before: readonly Dim[], after: readonly Dim[]): Pick<Inferred, 'window'> {
  const places = before.slice(0, -1);
  const kept =
    after.length === before.length && places.every((size, axis) => sameSize(size, after[axis] ?? 0) === true);
  return places.length === 0 || after.length === 1 || kept ? {} : { window: NOT_TOLD };
}
