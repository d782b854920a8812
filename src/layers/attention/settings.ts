/** Hyperparameters and ports that the attention layers share. */
import type { Json } from '@/document';
import type { Fans, Port, Refusal, Tensor, Weight } from '../declaration';
import { type Dim, formatShape, isKnown, sameSize } from '../dimension';
import { flag, optionalInteger, type ParamSpec, real } from '../params';
import { weightOf } from '../shared/weights';

export const dropout = () =>
  real({
    label: 'Dropout',
    help: 'The share of the attention weights that is set to zero while training.',
    min: 0,
    max: 1,
    below: 1,
    step: 0.05,
    default: 0,
    advanced: true,
  });

export const causal = () =>
  flag({
    label: 'Causal',
    help: 'No step sees the steps after it, as text is written (Keras: use_causal_mask).',
    default: false,
  });

/** Keras takes it at the call, not as a setting. */
export const causalCall = ({ causal: wanted }: { causal: boolean }): Record<string, Json> =>
  wanted ? { use_causal_mask: true } : {};

export const biased = () =>
  flag({ label: 'Bias', help: 'Adds learned constants to queries, keys, values and the result.', default: true });

export const gated = () =>
  flag({
    label: 'Gate',
    help: 'Multiplies what each head finds by a sigmoid of the query, so that a head can keep quiet.',
    default: false,
    advanced: true,
  });

/** Beltagy et al. 2020. */
export const slidingWindow = (): ParamSpec<number | null> =>
  optionalInteger({
    label: 'Sliding window',
    empty: 'none',
    help: 'How near a step must be to be seen, itself counted; empty for any distance.',
    min: 1,
    default: null,
    advanced: true,
  });

export const attentionPorts = (rank: readonly number[]) =>
  ({
    query: { title: 'Query', rank },
    value: { title: 'Value', rank },
    key: { title: 'Key', rank, optional: true },
  }) as const satisfies Record<string, Port>;

/** Nonzero where a step (second last axis) may look at another (last axis). */
export const maskPort = (rank: readonly number[]) =>
  ({ title: 'Attention mask', rank, optional: true }) as const satisfies Port;

/** Why a query, value and key cannot meet: every key belongs to a value. */
export function unlikeKeys(value: Tensor, key: Tensor | undefined): Refusal | null {
  if (!key) return null;
  const [of, places] = [value.shape.slice(1, -1), key.shape.slice(1, -1)];
  if (of.length === places.length && of.every((size, axis) => sameSize(size, places[axis] ?? 0) === true)) return null;
  return {
    message: `There are keys of ${formatShape(key.shape)} for values of ${formatShape(value.shape)}.`,
    why: 'A key tells what its value is about, so there must be as many keys as values.',
    port: 'key',
    repairs: [{ title: 'Use the values as keys', kind: 'disconnect', port: 'key' }],
  };
}

/**
 * Why a mask does not fit; sizes of 1 stretch, and one without heads stands for all of them.
 * @param before the sizes before the heads, the batch first
 * @param places those of the queries, then those of the keys
 */
export function unfitMask(
  mask: Tensor | undefined,
  before: readonly Dim[],
  heads: number,
  places: readonly Dim[],
): Refusal | null {
  if (!mask) return null;
  const whole = [...before, heads, ...places];
  const wanted = mask.shape.length === whole.length ? whole : [...before, ...places];
  const fits =
    mask.shape.length === wanted.length &&
    mask.shape.every((size, axis) => axis === 0 || size === 1 || sameSize(size, wanted[axis] ?? 0) === true);
  if (fits) return null;
  return {
    message: `A mask of ${formatShape(mask.shape)} does not fit queries and keys of ${formatShape(wanted)}.`,
    why: 'It says of each query and each key whether the one may look at the other.',
    port: 'attentionMask',
    repairs: [{ title: 'Take the mask away', kind: 'disconnect', port: 'attentionMask' }],
  };
}

/** Why the number of weights cannot be told. */
export function unknownFeatures(tensors: Readonly<Record<string, Tensor | undefined>>): Refusal | null {
  const port = Object.keys(tensors).find((name) => !isKnown(tensors[name]?.shape.at(-1) ?? 1));
  if (port === undefined) return null;
  return {
    message: 'The size of the last axis is unknown, so the number of weights cannot be told.',
    why: 'There may be any number of steps, but every feature of a step has weights of its own.',
    port,
  };
}

/** What is said of a causal or local view of more than a sequence: Keras defines none. */
export function onlyOfSequences(
  query: Tensor,
  params: { causal: boolean; slidingWindow: number | null },
): Refusal | null {
  if (query.shape.length === 3 || (!params.causal && params.slidingWindow === null)) return null;
  const param = params.causal ? 'causal' : 'slidingWindow';
  return {
    message: `${params.causal ? 'What comes later' : 'What is near'} is not defined for ${formatShape(query.shape)}.`,
    why: 'Only the steps of a sequence stand in one order.',
    param,
    repairs: [{ title: 'Look everywhere', kind: 'setParams', params: { causal: false, slidingWindow: null } }],
  };
}

/** One part of an attention layer as Keras builds it: an `EinsumDense` named `query`, with its fans. */
export function projection(
  name: string,
  from: readonly [size: Dim, symbol: string][],
  to: readonly [size: Dim, symbol: string][],
  params: Readonly<Record<string, unknown>> & { useBias: boolean },
): Weight[] {
  const sizes = (axes: readonly [Dim, string][]): Dim[] => axes.map(([size]) => size);
  const count = (axes: readonly [Dim, string][]): number => sizes(axes).reduce<number>((a, b) => a * Number(b), 1);
  const symbols = (axes: readonly [Dim, string][]): string[] => axes.map(([, symbol]) => symbol);
  const fans: Fans = { fanIn: count(from), fanOut: count(to) };
  const axes = [...from, ...to];
  return [
    { ...weightOf(`${name}/kernel`, sizes(axes), symbols(axes), params, 'kernel'), fans },
    ...(params.useBias ? [weightOf(`${name}/bias`, sizes(to), symbols(to), params, 'bias')] : []),
  ];
}
