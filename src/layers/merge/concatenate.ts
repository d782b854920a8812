import { defineLayer, type RuleResult } from '../declaration';
import { type Dim, formatShape, sameSize, add as sum } from '../dimension';
import { derive } from '../formula';
import { integer } from '../params';
import { needsTwo, sometimesEqual } from '../shared/broadcast';

/** Joins tensors end to end along one axis. */
export const concatenate = defineLayer({
  type: 'concatenate',
  title: 'Concatenate',
  family: 'merge',
  summary: 'Joins tensors end to end, usually along the channels.',
  keywords: ['concat', 'join', 'merge', 'stack'],
  docs: {
    text: 'Puts its inputs side by side along one axis (the last, unless you say otherwise), in the order of the wires. All other axes must agree. Inception and DenseNet widen their features this way.',
    formula: 'y = [x_1; x_2; \\dots]',
    source: { title: 'Keras: Concatenate', url: 'https://keras.io/api/layers/merging_layers/concatenate/' },
  },
  params: {
    axis: integer({
      label: 'Axis',
      help: 'The axis along which to join, counted with the batch as 0; −1 is the last.',
      min: -7,
      max: 7,
      default: -1,
    }),
  },
  inputs: { in: { title: 'Tensors', many: true } },
  digest: ({ axis }) => (axis === -1 ? [] : [`axis ${axis}`.replace('-', '−')]),
  infer({ params, inputs: { in: tensors } }): RuleResult {
    const [first, ...others] = tensors;
    if (!first || others.length === 0) return { refusal: needsTwo };
    const rank = first.shape.length;
    const axis = params.axis < 0 ? rank + params.axis : params.axis;
    if (axis < 1 || axis >= rank) {
      return {
        refusal: {
          message: `There is no axis ${params.axis} in ${formatShape(first.shape)}.`,
          why: 'The batch is axis 0 and cannot be joined.',
          param: 'axis',
          repairs: [{ title: 'Join along the last axis', kind: 'setParams', params: { axis: -1 } }],
        },
      };
    }
    for (const [at, other] of others.entries()) {
      const fits =
        other.shape.length === rank &&
        other.shape.every((size, index) => index === axis || sameSize(size, first.shape[index] ?? size) === true);
      if (fits) continue;
      const pairs = first.shape.flatMap((size, index) =>
        index === axis ? [] : [[size, other.shape[index] ?? size] as const],
      );
      const sometimes = other.shape.length === rank ? sometimesEqual(pairs) : null;
      if (sometimes) {
        return {
          refusal: {
            message: `${formatShape(first.shape)} and ${formatShape(other.shape)} can be joined along axis ${axis} for some sizes only.`,
            ...sometimes,
            port: 'in',
          },
        };
      }
      return {
        refusal: {
          message: `${formatShape(first.shape)} and ${formatShape(other.shape)} cannot be joined along axis ${axis}.`,
          why: 'Every axis but the joined one must have the same size.',
          port: 'in',
          repairs: [
            ...(other.shape.length === 4 && rank === 4
              ? ([
                  { title: 'Padding “same” on the way', kind: 'padSource', port: 'in', index: at + 1 },
                  { title: 'Padding “same” on the way of the first', kind: 'padSource', port: 'in', index: 0 },
                ] as const)
              : []),
            { title: 'Take that wire away', kind: 'disconnect', port: 'in', index: at + 1 },
          ],
        },
      };
    }
    const sizes = tensors.map((tensor) => tensor.shape[axis] ?? 1);
    const names = sizes.map((_, index) => `C_${index + 1}`);
    const total = sizes.reduce<Dim>(sum, 0);
    return {
      output: {
        shape: first.shape.map((size, index) => (index === axis ? total : size)),
        dtype: tensors.every(({ dtype }) => dtype === 'int32') ? 'int32' : 'float32',
        ...(tensors.some(({ masked }) => masked) && { masked: true }),
      },
      shape: [
        derive(
          'Size of the joined axis',
          names.join(' + '),
          Object.fromEntries(names.map((name, i) => [name, sizes[i] ?? 0])),
        ),
      ],
    };
  },
  names: { pytorch: 'torch.cat', onnx: 'Concat' },
  keras: { className: 'Concatenate' },
});
