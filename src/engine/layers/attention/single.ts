/** Attention without heads: Keras's Attention and AdditiveAttention. */
import { add, cast, matMul, mul, reshape, sum, type Tensor, tanh, tidy } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { maskOf } from '../../masks';
import { OwnLayer } from '../base';
import { causalMask, joinMasks, weigh } from './scores';

type Weight = ReturnType<Single['zeros']>;

abstract class Single extends OwnLayer {
  override supportsMasking = true;
  private readonly dropout = this.number('dropout', 0);
  private readonly causal = this.flag('useCausalMask', false);

  /** How well each query matches each key: [N, T, S]. */
  protected abstract score(query: Tensor, key: Tensor): Tensor;

  override call(inputs: Tensor | Tensor[], kwargs: { training?: boolean }): Tensor {
    return tidy(() => {
      const [query, value, key = value] = inputs as Tensor[];
      if (!query || !value || !key) throw new Error('attention needs a query and values');
      const scores = this.score(query, key);
      const [, queries = 1, keys = 1] = scores.shape;
      const padding = maskOf(value);
      const mask = joinMasks([
        padding ? reshape(cast(padding, 'float32'), [-1, 1, keys]) : null,
        this.causal ? causalMask(queries, keys) : null,
      ]);
      const training = kwargs.training ?? false;
      const found = matMul(weigh(scores, { mask, blind: 'mean', dropout: this.dropout, training }), value);
      const asked = maskOf(query);
      return asked ? mul(found, reshape(cast(asked, 'float32'), [-1, queries, 1])) : found;
    });
  }

  override computeOutputShape(shapes: Shape | Shape[]): Shape {
    const [query = [], value = []] = shapes as Shape[];
    return [...query.slice(0, -1), value.at(-1) ?? null];
  }

  /** The result is padding where the query is. */
  override computeMask(_: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor {
    return (Array.isArray(mask) ? mask[0] : mask) ?? (null as unknown as Tensor);
  }
}

/** tanh(q + k) for every query and every key: [N, T, S, D]. */
function squashedSums(query: Tensor, key: Tensor, scale?: Tensor): Tensor {
  const [batch = 1, queries = 1, features = 1] = query.shape;
  const sums = add(
    reshape(query, [batch, queries, 1, features]),
    reshape(key, [batch, 1, key.shape[1] ?? 1, features]),
  );
  return tanh(scale ? mul(sums, scale) : sums);
}

export class Attention extends Single {
  static className = 'Attention';
  private readonly sums = this.settings.scoreMode === 'concat';
  private scale?: Weight;
  private weight?: Weight;

  override build(): void {
    if (this.flag('useScale', false)) this.scale = this.zeros('scale', []);
    if (this.sums) this.weight = this.zeros('concat_score_weight', []);
    this.built = true;
  }

  protected score(query: Tensor, key: Tensor): Tensor {
    const scale = this.scale?.read();
    if (this.weight) return mul(sum(squashedSums(query, key, scale), -1), this.weight.read());
    const products = matMul(query, key, false, true);
    return scale ? mul(products, scale) : products;
  }
}

export class AdditiveAttention extends Single {
  static className = 'AdditiveAttention';
  private scale?: Weight;

  override build(shapes: Shape | Shape[]): void {
    const [query] = shapes as Shape[];
    if (this.flag('useScale', true)) this.scale = this.zeros('scale', [query?.at(-1) ?? 1]);
    this.built = true;
  }

  protected score(query: Tensor, key: Tensor): Tensor {
    const squashed = squashedSums(query, key);
    return sum(this.scale ? mul(squashed, this.scale.read()) : squashed, -1);
  }
}
