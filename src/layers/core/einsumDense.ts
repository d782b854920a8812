import type { Json } from '@/document';
import { defineLayer, type Refusal, type Tensor, type Weight } from '../declaration';
import { type Dim, formatDim, formatShape, isKnown, product, sameSize, toNullable } from '../dimension';
import { derive } from '../formula';
import { inKeras, optionalInteger, optionalReal, optionalShape, type ShapeParam, text } from '../params';
import { activation, activationDigest, squashedBy } from '../shared/activations';
import { weightOf, weightParams } from '../shared/weights';
import { biasShape, doubled, EQUATION, type Labels, labelsOf, spelledOut } from './einsum';

interface Params {
  equation: string;
  outputShape: ShapeParam | null;
  biasAxes: string;
}

/** A dense layer over any axes, said in Einstein's notation. */
export const einsumDense = defineLayer({
  type: 'einsumDense',
  title: 'EinsumDense',
  family: 'core',
  summary: 'A dense layer over any axes, written as an einsum equation.',
  keywords: ['einstein', 'tensor', 'contraction', 'linear', 'lora'],
  docs: {
    text: 'The equation names the axes of the input, of the kernel and of the result by letters. Letters that the result lacks are multiplied and summed over; letters that only the kernel and the result have are new axes. “abc,cd->abd” is Dense over the last axis; “...x,xy->...y” the same with any axes before it. The first axis is the batch.',
    formula: 'y_{\\dots y} = \\sum_x x_{\\dots x}\\, w_{xy} + b_y',
    source: { title: 'Keras: EinsumDense', url: 'https://keras.io/api/layers/core_layers/einsum_dense/' },
  },
  params: {
    equation: text({
      label: 'Equation',
      help: 'Axes of input, kernel and result, as letters; ... stands for any further axes of input and result.',
      pattern: EQUATION,
      form: 'an equation such as abc,cd->abd or ...x,xy->...y',
      default: '...x,xy->...y',
    }),
    outputShape: inKeras(
      optionalShape({
        label: 'Output size',
        help: 'The sizes of the result’s axes without the batch and without those under the dots; ? for as large as the input’s.',
        default: [32],
      }),
      {
        write: (value): Json => [...(value ?? [])],
        read: (json) => (typeof json === 'number' ? [json] : json),
      },
    ),
    biasAxes: inKeras(
      text({
        label: 'Bias axes',
        help: 'The axes of the result along which the bias differs; none for no bias.',
        pattern: /^[a-zA-Z]*$/,
        form: 'letters of the result, such as d',
        default: '',
      }),
      { write: (value): Json => (value === '' ? null : value), read: (json) => (json === null ? '' : json) },
    ),
    activation: activation(),
    ...weightParams('kernel', 'Kernel', 'glorotUniform'),
    ...weightParams('bias', 'Bias', 'zeros'),
    loraRank: optionalInteger({
      label: 'LoRA rank',
      empty: 'none',
      help: 'Freezes the kernel and learns a change of this rank to it, A·B, with far fewer weights. Hu et al. 2021.',
      symbol: 'r',
      min: 1,
      max: 100_000,
      default: null,
      advanced: true,
    }),
    loraAlpha: optionalReal({
      label: 'LoRA scale',
      empty: 'as the rank',
      help: 'The change is multiplied by this over the rank; as large as the rank if none is given.',
      symbol: 'α',
      min: 0,
      step: 1,
      default: null,
      advanced: true,
    }),
  },
  inputs: { in: { title: 'Tensor' } },
  digest: ({ equation, activation: name }) => [equation, ...activationDigest(name)],
  infer({ params: p, inputs: { in: x } }) {
    const labels = labelsOf(p.equation, x.shape.length);
    if (!labels) return { refusal: otherRank(p.equation, x) };
    const wrong = wrongLetters(labels, p);
    if (wrong) return { refusal: wrong };
    const sizes = outputSizes(labels, x, p.outputShape ?? []);
    if (!Array.isArray(sizes)) return { refusal: sizes };
    const sizeOf = (label: string): Dim =>
      sizes[labels.output.indexOf(label)] ?? x.shape[labels.input.indexOf(label)] ?? 1;
    const kernel = labels.kernel.map(sizeOf);
    const bias = biasShape(labels, sizes, p.biasAxes);
    const unknown = labels.kernel.find((label) => !isKnown(sizeOf(label)));
    const rank = p.loraRank ?? 0;
    const refusal =
      (unknown === undefined ? null : unknownSize(unknown)) ??
      (bias?.every(isKnown) === false ? unknownSize(p.biasAxes) : null) ??
      (rank > 0 ? loraRefusal(kernel, p.kernelConstraint !== null) : null);
    if (refusal) return { refusal };
    const all = [...new Set([...labels.input.slice(1), ...labels.kernel])].filter(
      (label) => label !== labels.output[0],
    );
    const letters = all.filter((label) => !label.startsWith('…'));
    const under = all.filter((label) => label.startsWith('…'));
    const values = {
      ...Object.fromEntries(letters.map((label) => [label, sizeOf(label)])),
      ...(under.length > 0 && { L_0: product(under.map(sizeOf)) }),
    };
    const summed = labels.input.filter((label) => !labels.output.includes(label));
    return {
      output: { shape: sizes, dtype: 'float32', ...squashedBy(p.activation) },
      weights: [
        {
          ...weightOf('kernel', kernel, labels.kernel, p),
          fans: {
            fanIn: count(labels.kernel, (label) => !labels.output.includes(label), sizeOf),
            fanOut: count(labels.kernel, (label) => labels.output.includes(label), sizeOf),
          },
          ...(rank > 0 && { trainable: false }),
        },
        ...(bias ? [weightOf('bias', bias, bias.map(String), p)] : []),
        ...(rank > 0 ? loraWeights(kernel, rank, p.kernelRegularizer as Weight['penalty']) : []),
      ],
      macs: derive('Multiply-adds', [...(under.length > 0 ? ['L_0'] : []), ...letters].join('·') || '1', values),
      // A sum over places sees all of them.
      ...((x.shape.length === 2 || summed.some((label) => label !== labels.input.at(-1))) && {
        window: 'global' as const,
      }),
    };
  },
  names: { pytorch: 'torch.einsum', onnx: 'Einsum' },
  keras: {
    className: 'EinsumDense',
    ignored: ['gptq_unpacked_column_size', 'quantization_config'],
    // Keras turns round the sizes of several axes under leading dots (3.15): there they get letters.
    write({ params: { equation }, inputs: [x], output }, config) {
      const spelled = x ? spelledOut(equation, x.shape.length) : null;
      const sizes = { equation: spelled, output_shape: toNullable(output.shape.slice(1)) };
      return { className: 'EinsumDense', config: { ...config, ...(spelled !== null && sizes) } };
    },
  },
});

const count = (labels: readonly string[], wanted: (label: string) => boolean, sizeOf: (label: string) => Dim): number =>
  labels.filter(wanted).reduce((total, label) => total * Number(sizeOf(label)), 1);

function otherRank(equation: string, { shape }: Tensor): Refusal {
  const [letters = ''] = equation.split(',');
  return {
    message: `“${letters}” names the axes of another tensor than ${formatShape(shape)}, which has ${shape.length} with the batch.`,
    why: 'Every axis of the input has a letter, the batch too; three dots stand for any number of axes.',
    param: 'equation',
    repairs: [
      {
        title: 'Dense over the last axis',
        kind: 'setParams',
        params: { equation: '...x,xy->...y', outputShape: [32], biasAxes: '' },
      },
    ],
  };
}

/** What the letters say that cannot be. */
function wrongLetters({ input, kernel, output }: Labels, { equation, biasAxes }: Params): Refusal | null {
  const twice = doubled(input) ?? doubled(kernel) ?? doubled(output);
  const lost = kernel.find((label) => !input.includes(label) && !output.includes(label));
  const unmade = output.find((label) => !input.includes(label) && !kernel.includes(label));
  const unbiased = [...biasAxes].find((label) => !output.includes(label));
  const said =
    twice !== undefined
      ? `“${twice}” stands twice for one tensor`
      : lost !== undefined
        ? `“${lost}” of the kernel is neither in the input nor in the result, so its size is not said`
        : unmade !== undefined
          ? `“${unmade}” of the result comes from nowhere`
          : input[0] !== output[0] || kernel.includes(input[0] ?? '')
            ? 'the batch must be the first axis of input and result, and no axis of the kernel'
            : null;
  if (said !== null) return { message: `In ${equation}, ${said}.`, param: 'equation' };
  if (unbiased === undefined && !biasAxes.includes(output[0] ?? ' ')) return null;
  return {
    message:
      unbiased === undefined
        ? 'A bias cannot differ from sample to sample.'
        : `The bias differs along “${unbiased}”, which the result of ${equation} does not have.`,
    param: 'biasAxes',
    repairs: [
      { title: 'No bias', kind: 'setParams', params: { biasAxes: '' } },
      {
        title: 'Along the last axis',
        kind: 'setParams',
        params: { biasAxes: output.findLast((label) => !label.startsWith('…')) ?? '' },
      },
    ],
  };
}

/** The sizes of the result, the batch first; or why those given cannot be. */
function outputSizes({ input, kernel, output, elided }: Labels, x: Tensor, given: ShapeParam): Dim[] | Refusal {
  const ofInput = (label: string): Dim | undefined => x.shape[input.indexOf(label)];
  // The given sizes are those of the letters, but for the batch.
  const named = output.filter((label, at) => at > 0 && !label.startsWith('…'));
  const fitting = (): (number | null)[] =>
    named.map((label, at) => {
      const size = ofInput(label);
      return size === undefined ? (given[at] ?? 32) : isKnown(size) ? size : null;
    });
  const repairs: Refusal['repairs'] = [
    {
      title: `Output size ${fitting()
        .map((size) => size ?? '?')
        .join('×')}`,
      kind: 'setParams',
      params: { outputShape: fitting() },
    },
  ];
  if (given.length !== named.length) {
    return {
      message: `The result has ${named.length === 1 ? 'one axis' : `${named.length} axes`} to give a size for, not ${given.length}.`,
      why: `Each letter of the result needs a size, but for the batch${elided.count > 0 ? ' and the axes under the dots' : ''}.`,
      param: 'outputShape',
      repairs,
    };
  }
  const sizes: Dim[] = [];
  for (const label of output) {
    const at = named.indexOf(label);
    const [own, wanted] = [ofInput(label), at < 0 ? null : (given[at] ?? null)];
    if (own !== undefined && wanted !== null && sameSize(own, wanted) !== true) {
      return {
        message: `Axis “${label}” has size ${formatDim(own)} in the input and ${wanted} in the result.`,
        why: 'An axis that both have is the same axis.',
        param: 'outputShape',
        repairs,
      };
    }
    if (at >= 0 && wanted === null && (own === undefined || kernel.includes(label))) {
      return {
        message: `The size of axis “${label}” must be given.`,
        why: 'The kernel has weights for each of its places.',
        param: 'outputShape',
        ...(own === undefined || isKnown(own) ? { repairs } : {}),
      };
    }
    sizes.push(wanted ?? own ?? 1);
  }
  return sizes;
}

const unknownSize = (labels: string): Refusal => ({
  message: `The size of axis “${labels}” is unknown, so the number of weights cannot be told.`,
  why: 'Only axes that no weight belongs to may be of any size.',
  port: 'in',
});

function loraRefusal(kernel: readonly Dim[], constrained: boolean): Refusal | null {
  if (!constrained && kernel.length > 1) return null;
  return {
    message: constrained
      ? 'A kernel that is held to a constraint cannot be changed by LoRA.'
      : 'A kernel of one axis cannot be changed by LoRA.',
    why: constrained
      ? 'LoRA freezes the kernel, so nothing would bring the sum of the kernel and its change back to the constraint.'
      : 'The change is a product of two matrices.',
    param: 'loraRank',
    repairs: [
      { title: 'No LoRA', kind: 'setParams', params: { loraRank: null } },
      ...(constrained && kernel.length > 1
        ? [{ title: 'Free the kernel', kind: 'setParams', params: { kernelConstraint: null } } as const]
        : []),
    ],
  };
}

/** Keras begins them so, and puts the kernel's penalty on both. */
const loraWeights = (kernel: readonly Dim[], rank: number, penalty: Weight['penalty']): Weight[] => {
  const [before, last] = [kernel.slice(0, -1), kernel.at(-1) ?? 1];
  const rest = { ...(penalty && { penalty }), trainable: true };
  return [
    {
      name: 'lora_kernel_a',
      shape: [...before, rank],
      symbols: [...before.map(String), 'r'],
      initializer: 'heUniform',
      ...rest,
    },
    { name: 'lora_kernel_b', shape: [rank, last], symbols: ['r', String(last)], initializer: 'zeros', ...rest },
  ];
};
