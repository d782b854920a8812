/** The transposed convolution: every value of the input lays down a whole window. */
import { defineLayer, type LayerDeclaration, type Refusal } from '../../declaration';
import { type Dim, formatShape, isKnown } from '../../dimension';
import { type Derivation, derive } from '../../formula';
import { optionalSizes } from '../../params';
import { activation, activationDigest, squashedBy } from '../../shared/activations';
import { weightOf, weightParams } from '../../shared/weights';
import {
  dataFormat,
  fieldOf,
  padding,
  type Side,
  shapeOf,
  sidesOf,
  sizesDigest,
  strideDigest,
  strides,
} from '../../shared/window';
import { counted } from '../../shared/words';
import {
  bias,
  dilation,
  type Facts,
  filters,
  inputs,
  kernelProduct,
  kernelSize,
  kernelSymbols,
  kernelValues,
  knownPlane,
  ones,
  stridedAndDilated,
} from './parts';

export function transposedConvolution({ type, title, axes, summary, keywords, docs, names }: Facts): LayerDeclaration {
  return defineLayer({
    type,
    title,
    family: 'convolution',
    summary,
    keywords,
    docs,
    params: {
      filters: filters(),
      kernelSize: kernelSize(axes),
      strides: strides(ones(axes)),
      padding: padding(),
      outputPadding: optionalSizes({
        label: 'Output padding',
        empty: 'automatic',
        help: 'How many values are added at the far end of each axis, to tell apart the input sizes that a strided convolution makes equal. Empty: “same” gives the input’s size times the stride.',
        symbol: 'O',
        axes,
        min: 0,
        max: 1000,
        default: null,
        advanced: true,
      }),
      activation: activation(),
      useBias: bias(),
      dilation: dilation(axes),
      dataFormat: dataFormat(),
      ...weightParams('kernel', 'Kernel', 'glorotUniform'),
      ...weightParams('bias', 'Bias', 'zeros'),
    },
    inputs: inputs(axes),
    sizeParam: 'filters',
    digest: (p) => [
      counted(p.filters, 'filter'),
      sizesDigest(p.kernelSize),
      ...strideDigest(p.strides),
      ...activationDigest(p.activation),
    ],
    infer({ params: p, inputs: { in: x } }) {
      const known = knownPlane(axes, x, p.dataFormat);
      if ('refusal' in known) return known;
      const { plane } = known;
      const refused = stridedAndDilated(axes, p) ?? paddedTooFar(p);
      if (refused) return refused;
      const shape = sidesOf(axes).map((side, axis) => grown(side, plane.spatial[axis] ?? 1, along(p, axis)));
      const spatial = shape.map(({ result }) => result);
      if (spatial.some((size) => isKnown(size) && size < 1)) return { refusal: nothingLeft(formatShape(x.shape)) };
      const perFilter = `${kernelProduct(axes)}·C`;
      const values = { K: p.filters, ...kernelValues(axes, p.kernelSize), C: plane.channels };
      const places = Object.fromEntries(sidesOf(axes).map(({ letter }, axis) => [letter, plane.spatial[axis] ?? 1]));
      return {
        output: {
          shape: shapeOf({ ...plane, spatial, channels: p.filters }, p.dataFormat),
          dtype: 'float32',
          ...squashedBy(p.activation),
        },
        weights: [
          weightOf('kernel', [...p.kernelSize, p.filters, plane.channels], [...kernelSymbols(axes), 'K', 'C'], p),
          ...(p.useBias ? [weightOf('bias', [p.filters], ['K'], p)] : []),
        ],
        shape,
        parameters: derive('Parameters', `K·(${perFilter})${p.useBias ? ' + K' : ''}`, values),
        macs: derive('Multiply-adds', `${Object.keys(places).join('·')}·K·(${perFilter})`, { ...values, ...places }),
        // A value of the output lies in ⌈F/S⌉ of the windows, and there are S of them to a step of the input.
        ...fieldOf(
          {
            kernel: p.kernelSize.map((kernel, axis) => Math.ceil(kernel / (p.strides[axis] ?? 1))),
            strides: p.strides.map((stride) => 1 / stride),
            dilation: p.dilation,
            before: p.kernelSize.map((_, axis) => firstSeen(along(p, axis))),
          },
          p.dataFormat,
        ),
      };
    },
    names,
    keras: { className: title, names: { dilation: 'dilation_rate' } },
  });
}

interface Sizes {
  kernelSize: readonly number[];
  strides: readonly number[];
  dilation: readonly number[];
  padding: 'valid' | 'same';
  outputPadding: readonly number[] | null;
}

/** How far before the input's first value the first value of the output looks, in steps of the input. */
function firstSeen({ kernel, stride, rate, padding, extra }: OneAxis): number {
  const reach = rate * (kernel - 1) + 1;
  const cut =
    padding === 'valid' ? 0 : extra === null ? Math.floor(Math.max(reach - stride, 0) / 2) : Math.floor(reach / 2);
  return Math.floor((reach - 1 - cut) / stride);
}

interface OneAxis {
  kernel: number;
  stride: number;
  rate: number;
  padding: 'valid' | 'same';
  extra: number | null;
}

const along = (p: Sizes, axis: number): OneAxis => ({
  kernel: p.kernelSize[axis] ?? 1,
  stride: p.strides[axis] ?? 1,
  rate: p.dilation[axis] ?? 1,
  padding: p.padding,
  extra: p.outputPadding?.[axis] ?? null,
});

/** The size of an output axis, by Keras's rule: that of an input from which a convolution would give this one. */
function grown({ name, letter, index }: Side, size: Dim, { kernel, stride, rate, padding: kind, extra }: OneAxis) {
  const values = { [letter]: size, [`F_${index}`]: kernel, [`S_${index}`]: stride, [`D_${index}`]: rate };
  const derived = (formula: string): Derivation =>
    derive(`Output ${name}`, formula, extra === null ? values : { ...values, [`O_${index}`]: extra });
  const reach = rate * (kernel - 1) + 1;
  const steps = `(${letter} − 1)·S_${index}`;
  const added = extra === null ? '' : ` + O_${index}`;
  if (extra === null && (kind === 'same' || stride > reach)) return derived(`${letter}·S_${index}`);
  // With an output padding, “same” crops the window down to its middle: one value if its length is odd.
  if (kind === 'same') return derived(`${steps}${reach % 2 === 1 ? ' + 1' : ''}${added}`);
  return derived(`${steps} + ${rate === 1 ? `F_${index}` : `D_${index}·(F_${index} − 1) + 1`}${added}`);
}

function paddedTooFar({ outputPadding, strides: steps }: Sizes): { refusal: Refusal } | null {
  if (outputPadding === null || outputPadding.every((extra, axis) => extra < (steps[axis] ?? 1))) return null;
  const largest = outputPadding.map((extra, axis) => Math.min(extra, (steps[axis] ?? 1) - 1));
  return {
    refusal: {
      message: `An output padding of ${sizesDigest(outputPadding)} is not smaller than the stride of ${sizesDigest(steps)}.`,
      why: 'It picks one of the S sizes that a convolution of stride S would bring down to the input’s, so it lies between 0 and S − 1.',
      param: 'outputPadding',
      repairs: [
        { title: 'Leave it to the padding', kind: 'setParams', params: { outputPadding: null } },
        { title: `Output padding ${sizesDigest(largest)}`, kind: 'setParams', params: { outputPadding: largest } },
      ],
    },
  };
}

const nothingLeft = (input: string): Refusal => ({
  message: `Of an input of ${input} nothing would be left.`,
  why: 'With “same” padding and an output padding, a window of even length adds nothing to the steps between the windows, and of a single window there are none.',
  port: 'in',
  param: 'outputPadding',
  repairs: [{ title: 'Leave it to the padding', kind: 'setParams', params: { outputPadding: null } }],
});
