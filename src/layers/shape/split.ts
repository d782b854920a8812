import { defineLayer, type Tensor } from '../declaration';
import { type Dim, divideExactly, formatDim, formatShape, sameSize } from '../dimension';
import { integer, integers } from '../params';
import { axisOf, axisParam } from '../shared/axis';
import { counted } from '../shared/words';

const portName = (at: number): string => (at === 0 ? 'out' : `part${at + 1}`);

/** Several parts of a tensor along one axis, each from a port of its own. */
export const split = defineLayer({
  type: 'split',
  title: 'Split',
  family: 'shape',
  summary: 'Divides the tensor along one axis; each part has an output of its own.',
  keywords: ['chunk', 'unstack', 'divide', 'branches'],
  docs: {
    text: 'The way back from Concatenate: the axis is cut into parts, equal ones or of the sizes you give, and each leaves by its own port. Used to read the mean and the variance of a VAE from one layer, or the gates of a cell.',
    formula: 'x = [y_1;\\, y_2;\\, \\dots;\\, y_n]',
    source: { title: 'PyTorch: torch.split', url: 'https://docs.pytorch.org/docs/stable/generated/torch.split.html' },
  },
  names: { pytorch: 'torch.split', onnx: 'Split' },
  params: {
    axis: axisParam('The axis that is cut.'),
    parts: integer({ label: 'Parts', help: 'Into how many equal parts.', min: 1, max: 64, default: 2 }),
    sizes: integers({
      label: 'Sizes',
      help: 'The size of each part, where they are not equal. Empty: equal parts.',
      min: 1,
      max: 1_000_000_000,
      length: [0, 64],
      default: [],
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  outputs: ({ parts, sizes }) => {
    const count = sizes.length > 0 ? sizes.length : parts;
    return Object.fromEntries(
      Array.from({ length: count - 1 }, (_, at) => [portName(at + 1), { title: `Part ${at + 2}` }]),
    );
  },
  digest: ({ parts, sizes }) => [sizes.length > 0 ? sizes.join(' + ') : counted(parts, 'part')],
  infer({ params: { axis: given, parts, sizes }, inputs: { in: x } }) {
    const found = axisOf(x, given, 'Samples of a batch are not to be told apart, so axis 0 cannot be cut.');
    if ('refusal' in found) return found;
    const length = x.shape[found.axis] ?? 1;
    const each = divideExactly(length, parts);
    const total = sizes.reduce((a, b) => a + b, 0);
    if (sizes.length > 0 ? sameSize(length, total) !== true : each === null) {
      return {
        refusal: {
          message: `An axis of ${formatDim(length)} in ${formatShape(x.shape)} cannot be cut into ${sizes.length > 0 ? sizes.join(' + ') : `${parts} equal parts`}.`,
          why: 'The parts together are the axis, no more and no less.',
          param: sizes.length > 0 ? 'sizes' : 'parts',
          repairs: [{ title: 'Leave it whole', kind: 'setParams', params: { parts: 1, sizes: [] } }],
        },
      };
    }
    const lengths: Dim[] = sizes.length > 0 ? [...sizes] : Array.from({ length: parts }, () => each ?? 1);
    const tensors = lengths.map(
      (size): Tensor => ({
        shape: x.shape.map((old, at) => (at === found.axis ? size : old)),
        dtype: x.dtype,
      }),
    );
    const [first = { shape: x.shape, dtype: x.dtype }, ...others] = tensors;
    return { output: first, further: Object.fromEntries(others.map((part, at) => [portName(at + 1), part])) };
  },
  keras: { className: 'Split', custom: true },
});
