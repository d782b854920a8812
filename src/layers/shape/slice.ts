import { defineLayer } from '../declaration';
import { formatShape, isKnown, subtract } from '../dimension';
import { flag, integer, optionalInteger } from '../params';
import { axisOf, axisParam } from '../shared/axis';
import { NOT_TOLD, shifted } from '../shared/window';
import { counted } from '../shared/words';

/** A part of a tensor along one axis. */
export const slice = defineLayer({
  type: 'slice',
  title: 'Slice',
  family: 'shape',
  summary: 'Takes a part of the tensor along one axis.',
  keywords: ['crop', 'narrow', 'index', 'select', 'last step', 'gather', 'squeeze'],
  docs: {
    text: 'Keeps the values from a start on along one axis, so many as you say or all to the end. A negative start counts from the end: −1 with one value is the last step of a sequence. All other axes stay whole.',
    formula: 'y_{\\dots i \\dots} = x_{\\dots\\, s + i\\, \\dots}, \\quad 0 \\le i < n',
    source: { title: 'NumPy: basic indexing', url: 'https://numpy.org/doc/stable/user/basics.indexing.html' },
  },
  names: { pytorch: 'torch.narrow', onnx: 'Slice' },
  params: {
    axis: axisParam('The axis along which a part is taken.'),
    start: integer({
      label: 'Start',
      help: 'The first value that is kept, from 0; negative from the end.',
      min: -1_000_000_000,
      default: 0,
    }),
    size: optionalInteger({
      label: 'Size',
      help: 'How many are kept. Empty: all to the end.',
      empty: 'all',
      min: 1,
      default: null,
    }),
    dropAxis: flag({
      label: 'Drop the axis',
      help: 'Gives one place without its axis: the last step of a sequence as a row of features.',
      default: false,
      onlyWhere: { param: 'size', is: [1] },
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  digest: ({ start, size, dropAxis }) => [
    `${dropAxis && size === 1 ? 'at' : 'from'} ${String(start).replace('-', '−')}`,
    ...(size === null || (dropAxis && size === 1) ? [] : [counted(size, 'value')]),
  ],
  infer({ params: { axis: given, start, size, dropAxis }, inputs: { in: x } }) {
    const found = axisOf(x, given, 'Samples of a batch are not to be told apart, so axis 0 cannot be cut.');
    if ('refusal' in found) return found;
    const { axis } = found;
    const length = x.shape[axis] ?? 1;
    const from = start < 0 && isKnown(length) ? length + start : start;
    const rest = start < 0 ? -start : subtract(length, start);
    const beyond = isKnown(length) && (from < 0 || from >= length || (size !== null && from + size > length));
    if (beyond || (start < 0 && size !== null && size > -start)) {
      return {
        refusal: {
          message: `${formatShape(x.shape)} has no ${size ?? 'values'} from ${String(start).replace('-', '−')} on along axis ${axis}.`,
          why: 'A part must lie within the axis it is taken from.',
          param: 'start',
          repairs: [{ title: 'Take the whole axis', kind: 'setParams', params: { start: 0, size: null } }],
        },
      };
    }
    if (dropAxis && size === 1) {
      const left = x.shape.filter((_, at) => at !== axis);
      if (left.length > 1) return { output: { shape: left, dtype: x.dtype }, window: NOT_TOLD };
      return {
        refusal: {
          message: `${formatShape(x.shape)} has only one axis, so it cannot be dropped.`,
          why: 'Every sample is a row of at least one value.',
          param: 'dropAxis',
          repairs: [{ title: 'Keep the axis', kind: 'setParams', params: { dropAxis: false } }],
        },
      };
    }
    const spatial = x.shape.slice(1, -1);
    return {
      output: { shape: x.shape.map((old, at) => (at === axis ? (size ?? rest) : old)), dtype: x.dtype },
      ...(axis <= spatial.length && {
        window: shifted(spatial.map((_, at) => (at + 1 !== axis ? 0 : from < 0 ? null : 0 - from))),
      }),
    };
  },
  keras: { className: 'Slice', custom: true },
});
