/** What the attention layers without heads share: Keras's `Attention` and `AdditiveAttention`. */
import type { RuleResult, Tensor, Weight } from '../declaration';
import { type Dim, formatShape, isKnown, sameSize } from '../dimension';
import { derive } from '../formula';
import { unlikeKeys } from './settings';

interface Ports {
  query: Tensor;
  value: Tensor;
  key?: Tensor | undefined;
}

/** @param compares whether scores are products, which count as multiply-adds */
export function attends(
  { query, value, key }: Ports,
  compares: boolean,
  weights: (features: Dim) => readonly Weight[],
): RuleResult {
  const unlike = unlikeKeys(value, key);
  if (unlike) return { refusal: unlike };
  const [of, features] = [(key ?? value).shape.at(-1) ?? 1, query.shape.at(-1) ?? 1];
  if (sameSize(of, features) !== true) {
    const port = key ? 'key' : 'value';
    return {
      refusal: {
        message: `A query of ${formatShape(query.shape)} cannot be compared with keys of ${formatShape((key ?? value).shape)}.`,
        why: 'Queries and keys are compared value by value, so they must have the same number of features.',
        port,
        repairs: isKnown(features)
          ? [
              { title: `Give the ${port} ${features} features`, kind: 'resizeSource', port, size: features },
              {
                title: `Project the ${port} to ${features} features`,
                kind: 'insertBefore',
                port,
                layers: [{ type: 'dense', params: { units: features } }],
              },
            ]
          : [],
      },
    };
  }
  const values = { T: query.shape[1] ?? 1, S: value.shape[1] ?? 1, D: features, D_v: value.shape.at(-1) ?? 1 };
  return {
    output: {
      shape: [...query.shape.slice(0, -1), values.D_v],
      dtype: 'float32',
      ...(query.masked && { masked: true }),
    },
    weights: weights(features),
    macs: derive('Multiply-adds', compares ? 'T·S·(D + D_v)' : 'T·S·D_v', values),
    window: 'global',
  };
}

/** A weight with a first value of its own, which has no settings. */
export const fixedWeight = (name: string, shape: readonly Dim[], initializer: string): Weight => ({
  name,
  shape,
  symbols: shape.map(() => 'D'),
  initializer,
  trainable: true,
});
