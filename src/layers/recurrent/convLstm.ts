/** LSTMs over frames: the products of an LSTM become convolutions. Over one, two or three axes. */
import {
  type Axes,
  dilation,
  type Facts,
  filters,
  kernelProduct,
  kernelSize,
  kernelSymbols,
  kernelValues,
  ones,
  slideOver,
  stridedAndDilated,
} from '../convolution/builders/parts';
import { defineLayer, type LayerDeclaration, type Refusal, type Tensor, type Weight } from '../declaration';
import { BATCH, type Dim, formatShape, isKnown, sameShape } from '../dimension';
import { derive } from '../formula';
import { weightOf } from '../shared/weights';
import { dataFormat, padding, shapeOf, sidesOf, sizesDigest, strideDigest, strides } from '../shared/window';
import { counted } from '../shared/words';
import { IGNORED_BY_RECURRENT, recurrentParams } from './cells';

const FRAMES = { 1: 'sequence', 2: 'image', 3: 'volume' } as const;

function paramsOf(axes: Axes) {
  const { units: _, returnSequences, returnState, ...rest } = recurrentParams({ blocks: 4, cell: true });
  return {
    filters: filters(),
    kernelSize: kernelSize(axes),
    strides: strides(ones(axes)),
    padding: padding(),
    returnSequences,
    returnState,
    dilation: dilation(axes),
    dataFormat: dataFormat(),
    ...rest,
  };
}

interface Settings extends Readonly<Record<string, unknown>> {
  filters: number;
  kernelSize: readonly number[];
  useBias: boolean;
  unitForgetBias?: boolean;
}

/** Keras's order: input gate, forget gate, candidate, output gate. */
function weightsOf(axes: Axes, p: Settings, channels: number): Weight[] {
  const window = [...p.kernelSize];
  const symbols = kernelSymbols(axes);
  const width = 4 * p.filters;
  const open = p.unitForgetBias ? { ones: [p.filters, 2 * p.filters] as const } : {};
  return [
    weightOf('kernel', [...window, channels, width], [...symbols, 'C', '4·K'], p),
    weightOf('recurrent_kernel', [...window, p.filters, width], [...symbols, 'K', '4·K'], p, 'recurrent'),
    ...(p.useBias ? [{ ...weightOf('bias', [width], ['4·K'], p), ...open }] : []),
  ];
}

/** @param frame the shape of what is remembered */
function wrongState(
  frame: readonly Dim[],
  state: Tensor | undefined,
  cell: Tensor | undefined,
): { refusal: Refusal } | null {
  if ((state === undefined) !== (cell === undefined)) {
    const port = state === undefined ? 'cell' : 'state';
    return {
      refusal: {
        message: 'It begins with a state and a cell: wire both, or none.',
        port,
        repairs: [{ title: 'Take the wire away', kind: 'disconnect', port }],
      },
    };
  }
  for (const [port, tensor] of Object.entries({ state, cell })) {
    if (!tensor || sameShape(tensor.shape, frame)) continue;
    return {
      refusal: {
        message: `The first ${port} is ${formatShape(tensor.shape)}, but what the layer remembers is ${formatShape(frame)}.`,
        why: 'What is remembered at the start has the shape of what is remembered later: that of the layer’s output at one step.',
        port,
        repairs: [{ title: 'Take the wire away', kind: 'disconnect', port }],
      },
    };
  }
  return null;
}

/** Keras makes the first state of zeros when it builds the layer, so it must know its size then. */
const unknownFrame = (frame: string): { refusal: Refusal } => ({
  refusal: {
    message: `The size of each ${frame} is unknown.`,
    why: 'What is remembered begins as zeros of the output’s size, so that must be known; only the number of steps may be any.',
    port: 'in',
  },
});

function convLstm({ type, title, axes, summary, keywords, docs }: Omit<Facts, 'names'>): LayerDeclaration {
  return defineLayer({
    type,
    title,
    family: 'recurrent',
    summary,
    keywords,
    docs,
    params: paramsOf(axes),
    inputs: {
      in: { title: `Steps, each a ${FRAMES[axes]}`, rank: [axes + 3] },
      state: { title: 'First state', rank: [axes + 2], optional: true },
      cell: { title: 'First cell', rank: [axes + 2], optional: true },
    },
    outputs: (p): Readonly<Record<string, { title: string }>> =>
      p.returnState ? { state: { title: 'State' }, cell: { title: 'Cell' } } : {},
    sizeParam: 'filters',
    digest: (p) => [
      counted(p.filters, 'filter'),
      sizesDigest(p.kernelSize),
      ...strideDigest(p.strides),
      ...(p.returnSequences ? ['sequence'] : []),
    ],
    infer({ params: p, inputs: { in: x, state, cell } }) {
      const [batch = BATCH, steps = 1, ...frame] = x.shape;
      const slid = slideOver(axes, { shape: [batch, ...frame], dtype: x.dtype }, p);
      if ('refusal' in slid) return slid;
      const refused = stridedAndDilated(axes, p);
      if (refused) return refused;
      if (!slid.spatial.every(isKnown)) return unknownFrame(FRAMES[axes]);
      const { channels } = slid.plane;
      const one = shapeOf({ ...slid.plane, spatial: slid.spatial, channels: p.filters }, p.dataFormat);
      const wrong = wrongState(one, state, cell);
      if (wrong) return wrong;
      const letters = sidesOf(axes).map(({ letter }) => `${letter}_out`);
      const places = Object.fromEntries(letters.map((letter, axis) => [letter, slid.spatial[axis] ?? 1]));
      const values = { ...kernelValues(axes, p.kernelSize), C: channels, K: p.filters };
      const window = kernelProduct(axes);
      const remembered: Tensor = { shape: one, dtype: 'float32' };
      return {
        output: p.returnSequences
          ? { shape: [batch, steps, ...one.slice(1)], dtype: 'float32', ...(x.masked && { masked: true }) }
          : remembered,
        ...(p.returnState && { further: { state: remembered, cell: remembered } }),
        weights: weightsOf(axes, p as Settings, channels),
        shape: slid.shape,
        parameters: derive('Parameters', `4·(${window}·(C + K)·K${p.useBias ? ' + K' : ''})`, values),
        macs: derive('Multiply-adds', `T·${letters.join('·')}·4·${window}·(C + K)·K`, {
          ...values,
          ...places,
          T: steps,
        }),
        window: 'global',
      };
    },
    keras: {
      className: title,
      names: { dilation: 'dilation_rate' },
      fixed: { stateful: false, zero_output_for_mask: false },
      ignored: IGNORED_BY_RECURRENT,
      call: { state: 'initial_state', cell: 'initial_state' },
    },
  });
}

const source = { title: 'Shi et al. 2015', url: 'https://arxiv.org/abs/1506.04214' };
const formula =
  'i, f, o = \\sigma(W * x_t + U * h_{t-1} + b) \\quad \\tilde c = \\tanh(\\dots) \\\\ c_t = f \\odot c_{t-1} + i \\odot \\tilde c \\quad h_t = o \\odot \\tanh(c_t)';

export const convLstm1d = convLstm({
  type: 'convLstm1d',
  title: 'ConvLSTM1D',
  axes: 1,
  summary: 'An LSTM over rows of values: what it remembers keeps its place along the row.',
  keywords: ['convolutional lstm', 'rnn', 'recurrent', 'sensor rows'],
  docs: {
    text: 'An LSTM whose matrix products are convolutions. Each step is a row of values with channels; so is what is remembered, and every place sees its neighbours of the step and of the memory.',
    formula,
    source,
  },
});

export const convLstm2d = convLstm({
  type: 'convLstm2d',
  title: 'ConvLSTM2D',
  axes: 2,
  summary: 'An LSTM over pictures: what it remembers is a picture, too.',
  keywords: ['convolutional lstm', 'rnn', 'recurrent', 'video', 'frames', 'nowcasting'],
  docs: {
    text: 'An LSTM whose matrix products are convolutions. Each step is a picture, and so is what is remembered: every place sees its neighbours in the frame and in the memory, with the same weights everywhere. Made for foretelling rain from radar pictures; good for video.',
    formula,
    source,
  },
});

export const convLstm3d = convLstm({
  type: 'convLstm3d',
  title: 'ConvLSTM3D',
  axes: 3,
  summary: 'An LSTM over volumes: what it remembers is a volume, too.',
  keywords: ['convolutional lstm', 'rnn', 'recurrent', 'volumes', 'scans'],
  docs: {
    text: 'An LSTM whose matrix products are convolutions. Each step is a volume, such as a scan, and so is what is remembered.',
    formula,
    source,
  },
});
