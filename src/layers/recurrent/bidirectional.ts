import type { Json } from '@/document';
import { defineLayer, type RuleResult, type Tensor, type Weight } from '../declaration';
import { derive } from '../formula';
import { choice, onlyWhere, type ParamSpecs } from '../params';
import { counted } from '../shared/words';
import { IGNORED_BY_RECURRENT, inferRecurrent, type RecurrentFacts, recurrentParams } from './cells';
import { GATED, LONG, SIMPLE } from './kinds';

const KINDS = { simpleRnn: SIMPLE, gru: GATED, lstm: LONG } as const satisfies Record<string, RecurrentFacts>;

type Kind = keyof typeof KINDS;

const titles = { simpleRnn: 'SimpleRNN', gru: 'GRU', lstm: 'LSTM' } as const;

/** Of all kinds; what a kind has not is left out of its spelling. */
const { goBackwards: _, ...shared } = recurrentParams({ blocks: 4, cell: true, reset: true });

/** Settings that not every kind of cell has. */
const CELLS: Readonly<Record<string, readonly Kind[]>> = {
  recurrentActivation: ['gru', 'lstm'],
  unitForgetBias: ['lstm'],
  resetAfter: ['gru'],
};

const ofCells = <S extends ParamSpecs>(specs: S): S =>
  Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, CELLS[name] ? onlyWhere('cell', CELLS[name], spec) : spec]),
  ) as S;

const params = {
  cell: choice<Kind>({
    label: 'Cell',
    help: 'Which recurrent layer reads each way.',
    default: 'lstm',
    options: titles,
  }),
  ...ofCells(shared),
  mergeMode: choice({
    label: 'Merge',
    help: 'How the two directions are joined. “Apart” gives each an output of its own.',
    default: 'concat',
    options: { concat: 'side by side', sum: 'sum', mul: 'product', ave: 'mean', none: 'apart' },
  }),
};

/** Schuster & Paliwal 1997: the sequence is read from both ends, with weights of its own for each. */
export const bidirectional = defineLayer({
  type: 'bidirectional',
  title: 'Bidirectional',
  family: 'recurrent',
  summary: 'Reads a sequence forwards and backwards and joins what both find.',
  keywords: ['birnn', 'bilstm', 'bigru', 'recurrent', 'sequence', 'tagging'],
  docs: {
    text: 'Two recurrent layers of one kind, each with its own weights: one reads from the start, one from the end. So every step knows what comes before it and after it. For text and speech that are there as a whole, not for what is foretold step by step.',
    formula: 'y_t = [\\overrightarrow{h}_t;\\, \\overleftarrow{h}_t]',
    source: { title: 'Schuster & Paliwal 1997', url: 'https://doi.org/10.1109/78.650093' },
  },
  names: { pytorch: 'nn.LSTM(bidirectional=True)', onnx: 'LSTM' },
  params,
  inputs: { in: { title: 'Sequence', rank: [3] } },
  outputs: ({ mergeMode, returnState, cell }): Readonly<Record<string, { title: string }>> => ({
    ...(mergeMode === 'none' && { backward: { title: 'Backward' } }),
    ...(returnState && statesOf(cell)),
  }),
  sizeParam: 'units',
  digest: ({ cell, units, returnSequences, stateful, mergeMode }) => [
    `${titles[cell]}, ${counted(units, 'unit')}`,
    ...(returnSequences ? ['sequence'] : []),
    ...(stateful ? ['stateful'] : []),
    ...(mergeMode === 'concat' ? [] : [mergeMode]),
  ],
  infer({ params: p, inputs: { in: x } }): RuleResult {
    const one = inferRecurrent(KINDS[p.cell], p, x);
    if ('refusal' in one) return one;
    const { output, further: { state } = {}, weights = [] } = one;
    const wide = p.mergeMode === 'concat' ? 2 * p.units : p.units;
    const joined: Tensor = { ...output, shape: [...output.shape.slice(0, -1), wide] };
    const named = (direction: string): Weight[] =>
      weights.map((weight) => ({ ...weight, name: `${direction}_layer/${weight.name}` }));
    const twice = (title: string, found: typeof one.macs) =>
      found ? derive(title, `2·(${found.formula})`, found.values) : undefined;
    const [parameters, macs] = [twice('Parameters', one.parameters), twice('Multiply-adds', one.macs)];
    return {
      output: joined,
      ...((p.mergeMode === 'none' || state) && {
        further: {
          ...(p.mergeMode === 'none' && { backward: joined }),
          ...(state && Object.fromEntries(Object.keys(statesOf(p.cell)).map((port) => [port, state]))),
        },
      }),
      weights: [...named('forward'), ...named('backward')],
      shape: [derive('Output size', p.mergeMode === 'concat' ? '2·H' : 'H', { H: p.units })],
      ...(parameters && { parameters }),
      ...(macs && { macs }),
      window: 'global',
    };
  },
  keras: {
    className: 'Bidirectional',
    ignored: ['backward_layer'],
    write({ params: { cell } }, config) {
      const { cell: _cell, merge_mode: mode, ...inner } = config;
      const has = (name: string): boolean =>
        (name !== 'unit_forget_bias' || cell === 'lstm') &&
        (name !== 'reset_after' || cell === 'gru') &&
        (name !== 'recurrent_activation' || cell !== 'simpleRnn');
      const settings = Object.fromEntries(Object.entries(inner).filter(([name]) => has(name)));
      const layer = (name: string, backwards: boolean): Json => ({
        module: 'keras.layers',
        class_name: titles[cell],
        config: { name, ...settings, go_backwards: backwards },
        registered_name: null,
      });
      return {
        className: 'Bidirectional',
        config: {
          merge_mode: mode === 'none' ? null : (mode ?? 'concat'),
          layer: layer('forward', false),
          backward_layer: layer('backward', true),
        },
      };
    },
    read(config) {
      const given = isObject(config.layer) ? config.layer : {};
      const cell = Object.entries(titles).find(([, title]) => title === given.class_name)?.[0];
      const settings = isObject(given.config) ? given.config : {};
      if (cell === undefined) return { unsupported: `Around ${String(given.class_name)} it is not known here.` };
      if (settings.go_backwards === true) return { unsupported: 'Its setting go_backwards = true is not known here.' };
      const other = isObject(config.backward_layer) ? config.backward_layer : given;
      if (!sameCell(given, other)) return { unsupported: 'Its two directions differ in more than their weights.' };
      const plain = Object.fromEntries(
        Object.entries(settings).filter(([name]) => !IGNORED_BY_RECURRENT.includes(name) && !FORCED.has(name)),
      );
      return { config: { ...plain, cell, merge_mode: config.merge_mode ?? 'none' } };
    },
  },
});

/** The ports of what is remembered at the end, in Keras's order: of one direction, then of the other. */
const statesOf = (cell: Kind): Readonly<Record<string, { title: string }>> =>
  Object.fromEntries(
    ['Forward', 'Backward'].flatMap((way) =>
      ['state', ...(cell === 'lstm' ? ['cell'] : [])].map((what) => [
        `${way.toLowerCase()}${what === 'cell' ? 'Cell' : 'State'}`,
        { title: `${way} ${what}` },
      ]),
    ),
  );

/** What tells two initialisers of one kind apart. */
const OF_ONE: ReadonlySet<string> = new Set(['seed', 'shared_object_id']);

/** Whether the layers of both directions, as Keras writes them, are one layer read both ways. */
function sameCell(forward: Record<string, Json>, backward: Record<string, Json>): boolean {
  const facts = ({ class_name, config }: Record<string, Json>): string => {
    const settings = Object.entries(isObject(config) ? config : {});
    const told = settings.filter(([name]) => name !== 'name' && name !== 'go_backwards' && name !== 'dtype');
    const inOrder = told.sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([class_name, inOrder], (name, value) => (OF_ONE.has(name) ? undefined : value));
  };
  return facts(forward) === facts(backward);
}

const isObject = (json: Json | undefined): json is { [key: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Keras sets these by itself: padding gives zeros wherever there is an output for each step. */
const FORCED: ReadonlySet<string> = new Set(['name', 'zero_output_for_mask']);
