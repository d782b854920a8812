import { defineLayer } from '../declaration';
import { formatShape } from '../dimension';
import { integers } from '../params';

/** The same values with the axes in another order. */
export const permute = defineLayer({
  type: 'permute',
  title: 'Permute',
  family: 'shape',
  summary: 'Puts the axes into another order.',
  keywords: ['transpose', 'swap axes', 'channels first'],
  docs: {
    text: 'Turns the tensor so that its axes come in another order, such as channels before height and width. Every value stays; only where it lies changes. The batch stays first.',
    formula: 'y_{i_{d_1}, i_{d_2}, \\dots} = x_{i_1, i_2, \\dots}',
    source: { title: 'Keras: Permute', url: 'https://keras.io/api/layers/reshaping_layers/permute/' },
  },
  names: { pytorch: 'torch.permute', onnx: 'Transpose' },
  params: {
    dims: integers({
      label: 'Order',
      help: 'Which axis of the input comes first, second and so on; 1 is the first after the batch.',
      min: 1,
      max: 8,
      length: [1, 8],
      default: [2, 1],
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  digest: ({ dims }) => [dims.join(', ')],
  infer({ params: { dims }, inputs: { in: x } }) {
    const rest = x.shape.slice(1);
    const all = rest.map((_, axis) => axis + 1);
    if ([...dims].sort((a, b) => a - b).join() !== all.join()) {
      return {
        refusal: {
          message: `The order ${dims.join(', ')} does not name every axis of ${formatShape(x.shape)} once.`,
          why: `It has ${rest.length} axes after the batch, so the order is one of the numbers 1 to ${rest.length}.`,
          param: 'dims',
          repairs: [{ title: 'Turn the order round', kind: 'setParams', params: { dims: all.reverse() } }],
        },
      };
    }
    return {
      output: { shape: [x.shape[0] ?? 1, ...dims.map((axis) => rest[axis - 1] ?? 1)], dtype: x.dtype },
      order: dims,
    };
  },
  keras: { className: 'Permute' },
});
