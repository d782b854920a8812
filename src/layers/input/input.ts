import { defineLayer, type Field, type Refusal } from '../declaration';
import { BATCH, type Dim, formatShape, isKnown, multiply, symbol, toNullable } from '../dimension';
import { choice, field, integer, optionalShape, type ShapeParam } from '../params';

/** What unknown sizes are called, by how many axes there are: a sequence [T, C], an image [H, W, C]. */
const NAMES: Readonly<Record<number, readonly string[]>> = {
  1: ['T'],
  2: ['T', 'C'],
  3: ['H', 'W', 'C'],
  4: ['L', 'H', 'W', 'C'],
};

/** Lengths and sides that are not known are multiples of `by`; numbers of channels are simply not known. */
const toDims = (shape: ShapeParam, by: number): Dim[] =>
  shape.map((size, axis) => {
    if (size !== null) return size;
    const name = NAMES[shape.length]?.[axis] ?? `D_${axis + 1}`;
    return name === 'C' ? symbol(name) : multiply(symbol(name), by);
  });

const fitsField = (shape: readonly Dim[], spec: Field): boolean =>
  shape.length === spec.shape.length &&
  shape.every((size, axis) => {
    const given = spec.shape[axis] ?? 1;
    if (isKnown(size)) return size === given;
    const [term] = size.terms;
    return given % (term?.coefficient ?? 1) === 0;
  });

function noField(name: string, fields: Readonly<Record<string, Field>>): Refusal {
  const names = Object.keys(fields);
  return {
    message: `The data set has no field “${name}”. It has ${names.map((other) => `“${other}”`).join(', ')}.`,
    param: 'field',
    repairs: names.map((other) => ({ title: `Read “${other}”`, kind: 'setParams', params: { field: other } })),
  };
}

/** Where a field of the data set enters the network. */
export const input = defineLayer({
  type: 'input',
  title: 'Input',
  family: 'input',
  role: 'input',
  summary: 'Where a field of the data set enters the network.',
  keywords: ['image', 'features', 'data', 'InputLayer'],
  docs: {
    text: 'Reads one field of the data set, such as the image. Its shape is the field’s unless you give one; a size of ? stands for any size, and all later shapes are then formulas in it; such sizes of two inputs are taken to be the same. Where later layers halve an image and make it larger again, sizes that divide by 2, 4 or more fit. The batch, N, is always the first axis.',
    source: { title: 'Keras: Input', url: 'https://keras.io/api/layers/core_layers/input/' },
  },
  params: {
    field: field({ label: 'Field', help: 'The field of the data set that is read.', default: 'image' }),
    shape: optionalShape({
      label: 'Shape',
      help: 'Sizes without the batch, such as 224×224×3. Empty: as the data set has it. ? is any size.',
      default: null,
    }),
    divisor: integer({
      label: 'Sizes divide by',
      help: 'Only sizes that divide by this are taken where any size is: 16·H is any height that divides by 16. What is halved four times and made larger again is then as large as before.',
      min: 1,
      max: 4096,
      default: 1,
      advanced: true,
    }),
    dtype: choice({
      label: 'Numbers',
      help: 'Whole numbers stand for classes and words.',
      default: 'field',
      options: { field: 'as the data set has them', float32: 'decimal (float32)', int32: 'whole (int32)' },
      advanced: true,
    }),
  },
  inputs: {},
  digest: ({ field: name, shape, divisor: by }) => [
    name,
    ...(shape ? [shape.map((size) => size ?? (by === 1 ? '?' : `${by}·?`)).join('×')] : []),
  ],
  infer({ params: { field: name, shape, divisor, dtype }, fields }) {
    const spec = fields?.[name];
    if (fields && !spec) return { refusal: noField(name, fields) };
    const type = dtype === 'field' ? (spec?.dtype ?? 'float32') : dtype;
    if (spec && type !== spec.dtype) {
      return {
        refusal: {
          message: `The input expects ${type}, but “${name}” of the data set is ${spec.dtype}.`,
          param: 'dtype',
          repairs: [{ title: 'Take the data set’s numbers', kind: 'setParams', params: { dtype: 'field' } }],
        },
      };
    }
    const indices = spec?.vocabulary && { indices: spec.vocabulary.size };
    if (shape === null) {
      if (!spec) {
        return {
          refusal: {
            message: 'The input has no shape yet.',
            why: 'Without a data set the sizes have to be given here; with one they are read from its field.',
            param: 'shape',
            repairs: [{ title: 'Use 28×28×1', kind: 'setParams', params: { shape: [28, 28, 1] } }],
          },
        };
      }
      return { output: { shape: [BATCH, ...spec.shape], dtype: type, ...indices } };
    }
    const sizes = toDims(shape, divisor);
    const output = { shape: [BATCH, ...sizes], dtype: type, ...indices } as const;
    if (spec && !fitsField(sizes, spec)) {
      return {
        refusal: {
          message: `The input expects ${formatShape(output.shape)}, but “${name}” of the data set is ${formatShape([BATCH, ...spec.shape])}.`,
          param: 'shape',
          repairs: [{ title: 'Take the data set’s shape', kind: 'setParams', params: { shape: null } }],
        },
      };
    }
    return { output };
  },
  keras: {
    className: 'InputLayer',
    names: { field: null, divisor: null, dtype: 'numbers' },
    // How the values are stored changes nothing of what is computed.
    ignored: ['sparse', 'ragged', 'optional'],
    read({ batch_shape: batch, batch_input_shape: old, shape, dtype, ...rest }) {
      const whole = batch ?? old;
      const numbers = NUMBERS.find(({ names }) => names.test(typeof dtype === 'string' ? dtype : 'float32'));
      if (!numbers)
        return { unsupported: `Its numbers are ${JSON.stringify(dtype)}, which cannot be computed with here.` };
      const sizes = Array.isArray(whole) ? whole.slice(1) : shape;
      return { config: { ...rest, ...(sizes !== undefined && { shape: sizes }), numbers: numbers.dtype } };
    },
    write: ({ output }) => ({
      className: 'InputLayer',
      config: { batch_shape: toNullable(output.shape), dtype: output.dtype, sparse: false, ragged: false },
    }),
  },
});

/** Keras's types of numbers, by what they are here. Decimal ones are what an input has unless a data set says otherwise. */
const NUMBERS = [
  { names: /^(b?float|double|half)/, dtype: 'field' },
  { names: /^(u?int|bool)/, dtype: 'int32' },
] as const;
