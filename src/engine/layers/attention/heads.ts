/** Attention with several heads: Keras's MultiHeadAttention and GroupQueryAttention. */
import {
  add,
  cast,
  matMul,
  mul,
  notEqual,
  reshape,
  sigmoid,
  type Tensor,
  tidy,
  transpose,
  zeros,
} from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { dense } from '../../fused/dense';
import { maskOf } from '../../masks';
import { OwnLayer } from '../base';
import { causalMask, joinMasks, nearMask, weigh } from './scores';

type Variable = ReturnType<Heads['zeros']>;

/** A dense layer from the last `from` axes to `to` axes, as Keras's EinsumDense has it. */
interface Projection {
  kernel: Variable;
  bias: Variable | null;
  to: number[];
}

const count = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

abstract class Heads extends OwnLayer {
  override supportsMasking = true;
  private readonly dropout = this.number('dropout', 0);
  private readonly causal = this.flag('useCausalMask', false);
  private readonly gated = this.flag('useGate', false);
  private readonly biased = this.flag('useBias', true);
  private readonly parts = new Map<string, Projection>();

  /** Heads of queries. */
  protected abstract readonly heads: number;
  /** Heads of keys and values, which divide those of the queries. */
  protected abstract readonly shared: number;
  protected abstract readonly keySize: number;
  protected abstract readonly valueSize: number;
  /** The features of the result, for a query of so many. */
  protected abstract resultOf(features: number): number[];
  /** The axes that attend, from the front, for a query of a rank. */
  protected abstract axesOf(rank: number): number[];

  override build(shapes: Shape | Shape[]): void {
    const { query, value, key = value } = this.named(shapes as Shape[]);
    const features = (shape: Shape | undefined): number => shape?.at(-1) ?? 1;
    this.project('query', [features(query)], [this.heads, this.keySize]);
    this.project('key', [features(key)], [this.shared, this.keySize]);
    if (this.gated) this.project('gate', [features(query)], [this.heads, this.valueSize]);
    this.project('value', [features(value)], [this.shared, this.valueSize]);
    this.project('attention_output', [this.heads, this.valueSize], this.resultOf(features(query)));
    this.built = true;
  }

  private project(name: string, from: number[], to: number[]): void {
    const kernel = this.zeros(`${name}/kernel`, [...from, ...to]);
    this.parts.set(name, { kernel, bias: this.biased ? this.zeros(`${name}/bias`, to) : null, to });
  }

  private named<T>(values: readonly T[]): { query?: T; value?: T; key?: T; attentionMask?: T } {
    return Object.fromEntries(this.ports.map((port, at) => [port, values[at]]));
  }

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      const { query, value, key = value, attentionMask } = this.named(inputs as Tensor[]);
      if (!query || !value || !key) throw new Error('attention needs a query and values');
      const axes = this.axesOf(query.rank);
      const q = this.headsFirst(this.through('query', query), axes);
      const k = this.headsFirst(this.through('key', key), axes);
      const v = this.headsFirst(this.through('value', value), axes);
      const mask = joinMasks([
        attentionMask ? this.stretchedMask(attentionMask, query, value, axes) : null,
        ...this.paddingOf(query, value, key),
        this.causal ? causalMask(q.shape[2] ?? 1, k.shape[2] ?? 1) : null,
        this.near(q, k),
      ]);
      const found = this.attend([q, k, v], query.rank, mask, kwargs.training ?? false);
      const context = this.headsLast(found, query.shape, axes); // [N, …, h, v]
      const passed = this.gated ? mul(context, sigmoid(this.through('gate', query))) : context;
      return this.through('attention_output', passed, 2);
    });
  }

  /** Multiplies the last axes, `taken` of them, with a part's kernel. */
  private through(name: string, x: Tensor, taken = 1): Tensor {
    const part = this.parts.get(name);
    if (!part) throw new Error('the layer was not built');
    const before = x.shape.slice(0, x.rank - taken);
    const kernel = part.kernel.read();
    const depth = count(x.shape.slice(x.rank - taken));
    const bias = part.bias && reshape(part.bias.read(), [-1]);
    return reshape(dense(reshape(x, [-1, depth]), reshape(kernel, [depth, -1]), bias), [...before, ...part.to]);
  }

  /** [N, …, h, k] as [N·aside, h, places, k]: the axes that do not attend join the batch. */
  private headsFirst(x: Tensor, axes: readonly number[]): Tensor {
    const [aside, order] = orders(x.rank, axes);
    const sizes = (list: readonly number[]): number => count(list.map((axis) => x.shape[axis] ?? 1));
    const [heads = 1, size = 1] = x.shape.slice(-2);
    return reshape(transpose(x, order), [sizes([0, ...aside]), heads, sizes(axes), size]);
  }

  /** The way back, for a query of a shape. */
  private headsLast(x: Tensor, shape: readonly number[], axes: readonly number[]): Tensor {
    const [aside, order] = orders(shape.length + 1, axes);
    const sizes = (list: readonly number[]): number[] => list.map((axis) => shape[axis] ?? 1);
    const [heads = 1, size = 1] = [x.shape[1], x.shape[3]];
    const full = reshape(x, [...sizes([0, ...aside]), heads, ...sizes(axes), size]);
    return transpose(
      full,
      order.map((_, at) => order.indexOf(at)),
    );
  }

  private attend([q, k, v]: [Tensor, Tensor, Tensor], rank: number, mask: Tensor | null, training: boolean): Tensor {
    const [batch = 1, heads = 1, queries = 1] = q.shape;
    const [, shared = 1, keys = 1] = k.shape;
    // Heads that share keys stand one after the other, so they are further queries to the same keys.
    const grouped = (x: Tensor): Tensor => reshape(x, [batch, shared, (heads / shared) * queries, x.shape[3] ?? 1]);
    const scaled = mul(grouped(q), 1 / Math.sqrt(this.keySize));
    const scores = reshape(matMul(scaled, k, false, true), [batch, heads, queries, keys]);
    // Keras computes attention in two ways, which differ where a query sees no key.
    const blind = this.dropout > 0 || rank > 3 ? 'zero' : 'mean';
    const weights = weigh(scores, { mask, blind, dropout: this.dropout, training });
    return reshape(matMul(grouped(weights), v), [batch, heads, queries, v.shape[3] ?? 1]);
  }

  private near(q: Tensor, k: Tensor): Tensor | null {
    const within = this.number('slidingWindow', 0);
    return within > 0 ? nearMask(q.shape[2] ?? 1, k.shape[2] ?? 1, within) : null;
  }

  /** The padding that the tensors themselves carry, as masks of [N, 1, T, S]. */
  private paddingOf(query: Tensor, value: Tensor, key: Tensor): (Tensor | null)[] {
    if (query.rank !== 3) return [];
    const along = (tensor: Tensor, shape: (length: number) => number[]): Tensor | null => {
      const mask = maskOf(tensor);
      return mask ? reshape(cast(mask, 'float32'), [mask.shape[0] ?? 1, ...shape(mask.shape[1] ?? 1)]) : null;
    };
    return [
      along(query, (length) => [1, length, 1]),
      along(value, (length) => [1, 1, length]),
      key === value ? null : along(key, (length) => [1, 1, length]),
    ];
  }

  /** A mask from a wire, for scores of [N·aside, h, T, S]. */
  private stretchedMask(given: Tensor, query: Tensor, value: Tensor, axes: readonly number[]): Tensor {
    const mask = cast(notEqual(given, 0), 'float32');
    const sizes = (tensor: Tensor, list: readonly number[]): number[] => list.map((axis) => tensor.shape[axis] ?? 1);
    const [aside] = orders(query.rank + 1, axes);
    const before = sizes(query, [0, ...aside]);
    const [queries, keys] = [sizes(query, axes), sizes(value, axes)];
    const heads = mask.rank === before.length + 2 * axes.length ? 1 : (mask.shape[before.length] ?? 1);
    const own = reshape(mask, [...mask.shape.slice(0, before.length), heads, ...mask.shape.slice(-2 * axes.length)]);
    if (query.rank === 3) return own;
    const whole = [...before, heads, ...queries, ...keys];
    return reshape(add(own, zeros(whole)), [count(before), heads, count(queries), count(keys)]);
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const { query = [] } = this.named(shapes as Shape[]);
    return [...query.slice(0, -1), ...this.resultOf(query.at(-1) ?? 1)];
  }

  /** The result is padding where the query is. */
  override computeMask(_: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    return (Array.isArray(mask) ? mask[0] : mask) ?? (null as unknown as Tensor);
  }
}

/** The axes that do not attend, and the order that puts them first, then heads, places and features. */
function orders(rank: number, axes: readonly number[]): [aside: number[], order: number[]] {
  const aside = Array.from({ length: rank - 3 }, (_, at) => at + 1).filter((axis) => !axes.includes(axis));
  return [aside, [0, ...aside, rank - 2, ...axes, rank - 1]];
}

export class MultiHeadAttention extends Heads {
  static className = 'MultiHeadAttention';
  protected readonly heads = this.number('numHeads', 1);
  protected readonly shared = this.heads;
  protected readonly keySize = this.number('keyDim', 1);
  protected readonly valueSize = this.number('valueDim', this.keySize);

  protected resultOf(features: number): number[] {
    const { outputShape } = this.settings;
    return Array.isArray(outputShape) && outputShape.length > 0 ? (outputShape as number[]) : [features];
  }

  protected axesOf(rank: number): number[] {
    const { attentionAxes } = this.settings;
    if (!Array.isArray(attentionAxes)) return Array.from({ length: rank - 2 }, (_, at) => at + 1);
    return (attentionAxes as number[]).map((axis) => (axis < 0 ? rank + axis : axis));
  }
}

export class GroupQueryAttention extends Heads {
  static className = 'GroupQueryAttention';
  protected readonly heads = this.number('numQueryHeads', 1);
  protected readonly shared = this.number('numKeyValueHeads', 1);
  protected readonly keySize = this.number('headDim', 1);
  protected readonly valueSize = this.keySize;

  protected resultOf(features: number): number[] {
    return [features];
  }

  protected axesOf(): number[] {
    return [1];
  }
}
