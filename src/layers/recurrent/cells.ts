/** Recurrent layers: what they have in common. What differs is how many gates there are and what is remembered. */
import {
  defineLayer,
  type LayerDeclaration,
  type LayerDocs,
  type RuleResult,
  type Tensor,
  type Weight,
} from '../declaration';
import { type Dim, isKnown } from '../dimension';
import { derive } from '../formula';
import { flag, integer, type ParamSpecs, real } from '../params';
import { activation, type KeepingActivation } from '../shared/activations';
import { weightOf, weightParams } from '../shared/weights';
import { counted } from '../shared/words';

/** What differs between the kinds. */
interface Facts {
  type: string;
  title: string;
  summary: string;
  keywords: readonly string[];
  docs: LayerDocs;
  names: { pytorch: string; onnx: string };
  /** Blocks of the kernel: one for each gate and one for the candidate. */
  blocks: number;
  /** What is carried from step to step, besides the output's own: an LSTM's cell. */
  cell?: boolean;
  /** A GRU may reset what it remembers before or after the product with its weights. */
  reset?: boolean;
}

const share = (label: string, help: string) =>
  real({ label, help, min: 0, below: 1, step: 0.05, default: 0, advanced: true });

/** The hyperparameters of a kind, as Keras names them. */
export const recurrentParams = ({ blocks, cell, reset }: Pick<Facts, 'blocks' | 'cell' | 'reset'>) => ({
  units: integer({
    label: 'Units',
    help: 'How many values are remembered, and given out at each step.',
    symbol: 'H',
    min: 1,
    max: 100_000,
    default: 32,
  }),
  activation: activation('tanh' as KeepingActivation),
  ...(blocks > 1 && {
    recurrentActivation: activation('sigmoid' as KeepingActivation, 'Gates', 'The function of the gates.'),
  }),
  returnSequences: flag({
    label: 'Whole sequence',
    help: 'Gives the output of every step, not of the last alone: for recurrent layers on top of each other.',
    default: false,
  }),
  returnState: flag({
    label: 'State as output',
    help: 'Gives what is remembered at the end by ports of its own: to hand it to a decoder.',
    default: false,
  }),
  useBias: flag({ label: 'Bias', help: 'Adds learned constants.', default: true }),
  stateful: flag({
    label: 'Stateful',
    help: 'Each sample of a batch goes on from what the one at its place in the batch before left: for long sequences cut into pieces, taken in order.',
    default: false,
    advanced: true,
  }),
  goBackwards: flag({ label: 'Backwards', help: 'Reads the sequence from its end.', default: false, advanced: true }),
  dropout: share('Dropout', 'The share of the inputs that is dropped while training, the same at every step.'),
  recurrentDropout: share(
    'Recurrent dropout',
    'The share of what is remembered that is dropped while training, the same at every step (Gal & Ghahramani 2016).',
  ),
  ...(cell && {
    unitForgetBias: flag({
      label: 'Forget bias 1',
      help: 'The forget gate begins open (Jozefowicz et al. 2015).',
      default: true,
      advanced: true,
    }),
  }),
  ...(reset && {
    resetAfter: flag({
      label: 'Reset after',
      help: 'Resets after the product with the recurrent weights, as PyTorch and cuDNN do; before it as in the first paper.',
      default: true,
      advanced: true,
    }),
  }),
  ...weightParams('kernel', 'Kernel', 'glorotUniform'),
  ...weightParams('recurrent', 'Recurrent', 'orthogonal'),
  ...weightParams('bias', 'Bias', 'zeros'),
});

interface Settings extends Readonly<Record<string, unknown>> {
  units: number;
  useBias: boolean;
  returnSequences: boolean;
  resetAfter?: boolean;
  unitForgetBias?: boolean;
}

/** The weights of one direction; PyTorch always has two biases. */
function weightsOf({ blocks, cell, reset }: Facts, features: number, p: Settings): Weight[] {
  const width = blocks * p.units;
  const letters = blocks === 1 ? 'H' : `${blocks}·H`;
  const twofold = reset && p.resetAfter;
  const bias = weightOf('bias', twofold ? [2, width] : [width], twofold ? ['2', letters] : [letters], p);
  return [
    weightOf('kernel', [features, width], ['C', letters], p),
    weightOf('recurrent_kernel', [p.units, width], ['H', letters], p, 'recurrent'),
    ...(p.useBias
      ? [
          {
            ...bias,
            ...(!twofold && { pytorch: 2 * width }),
            ...(cell && p.unitForgetBias && { ones: [p.units, 2 * p.units] as const }),
          },
        ]
      : []),
  ];
}

export function inferRecurrent(facts: Facts, p: Settings, x: Tensor): RuleResult {
  const [batch = 1, steps = 1, features = 1] = x.shape;
  if (!isKnown(features)) {
    return {
      refusal: {
        message: 'The number of features of a step is unknown, so the number of weights cannot be told.',
        why: 'The sequence may be of any length, but every step must have as many values as there are weights for them.',
        port: 'in',
      },
    };
  }
  const { blocks } = facts;
  const values = { C: features, H: p.units };
  const inner = `C·H + H·H`;
  const biases = p.useBias ? (facts.reset && p.resetAfter ? ' + 2·H' : ' + H') : '';
  const state: Tensor = { shape: [batch, p.units], dtype: 'float32' };
  const sequence: Tensor = {
    shape: [batch, steps, p.units],
    dtype: 'float32',
    ...(x.masked && { masked: x.masked }),
  };
  const states = p.returnState ? { state, ...(facts.cell && { cell: state }) } : {};
  return {
    output: p.returnSequences ? sequence : state,
    ...(p.returnState === true && { further: states }),
    weights: weightsOf(facts, features, p),
    shape: [derive('Output size', 'H', values)],
    parameters: derive('Parameters', blocks === 1 ? `${inner}${biases}` : `${blocks}·(${inner}${biases})`, values),
    macs: derive('Multiply-adds', blocks === 1 ? `T·(${inner})` : `T·${blocks}·(${inner})`, { ...values, T: steps }),
    window: 'global',
  };
}

/** What Keras writes besides, and this product does not need. */
const IGNORED = ['unroll', 'implementation', 'time_major'];

export function recurrent(facts: Facts): LayerDeclaration {
  const { type, title, summary, keywords, docs, names, cell } = facts;
  const states = { state: { title: 'State' }, ...(cell && { cell: { title: 'Cell' } }) };
  return defineLayer({
    type,
    title,
    family: 'recurrent',
    summary,
    keywords,
    docs,
    names,
    params: recurrentParams(facts) as ParamSpecs,
    inputs: {
      in: { title: 'Sequence', rank: [3] },
      state: { title: 'First state', rank: [2], optional: true },
      ...(cell && { cell: { title: 'First cell', rank: [2], optional: true } }),
    },
    outputs: (p) => (p.returnState === true ? states : {}),
    sizeParam: 'units',
    digest: (p) => [
      counted(Number(p.units), 'unit'),
      ...(p.returnSequences ? ['sequence'] : []),
      ...(p.goBackwards ? ['backwards'] : []),
      ...(p.stateful ? ['stateful'] : []),
    ],
    infer({ params, inputs }) {
      const p = params as Settings;
      const wrong = wrongState(p.units, inputs, cell ?? false);
      return wrong ? { refusal: wrong } : inferRecurrent(facts, p, inputs.in as Tensor);
    },
    keras: {
      className: title,
      fixed: { zero_output_for_mask: false },
      ignored: IGNORED,
      call: { state: 'initial_state', ...(cell && { cell: 'initial_state' }) },
    },
  });
}

type Wired = Readonly<Record<string, Tensor | readonly Tensor[] | undefined>>;

/** First states are as wide as the layer, and an LSTM has both or none. */
function wrongState(units: number, wired: Wired, cell: boolean) {
  const { state, cell: kept } = wired as { state?: Tensor; cell?: Tensor };
  if (cell && (state === undefined) !== (kept === undefined)) {
    const port = state === undefined ? 'cell' : 'state';
    return {
      message: 'An LSTM begins with a state and a cell: wire both, or none.',
      port,
      repairs: [{ title: 'Take the wire away', kind: 'disconnect' as const, port }],
    };
  }
  for (const [port, tensor] of Object.entries({ state, cell: kept })) {
    const width: Dim | undefined = tensor?.shape[1];
    if (width === undefined || (isKnown(width) && width === units)) continue;
    return {
      message: `The first ${port} has ${isKnown(width) ? width : 'an unknown number of'} values, but the layer has ${units} units.`,
      why: 'What is remembered at the start is as wide as what is remembered later.',
      port,
      repairs: [
        ...(isKnown(width) ? [{ title: `${width} units`, kind: 'setParams' as const, params: { units: width } }] : []),
        { title: 'Take the wire away', kind: 'disconnect' as const, port },
      ],
    };
  }
  return null;
}

export { type Facts as RecurrentFacts, IGNORED as IGNORED_BY_RECURRENT };
