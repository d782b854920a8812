/** What the layers that change every value by itself share: the shape stays, nothing is learned. */
import { defineLayer, type LayerSpec, type RuleResult, type Tensor } from '../declaration';
import { formatShape } from '../dimension';
import type { ParamSpecs, ParamsOf } from '../params';
import { likeInput } from '../shared/same';

type Facts<S extends ParamSpecs> = Omit<
  LayerSpec<S, { in: { title: string } }>,
  'family' | 'inputs' | 'infer' | 'keras' | 'keepsShape'
>;

/** A layer of this product that gives a tensor of its input's shape. */
export const keepsShape = <const S extends ParamSpecs>(
  facts: Facts<S>,
  className: string,
  /** What about the hyperparameters cannot be. */
  refuse?: (params: ParamsOf<S>) => RuleResult | null,
) =>
  defineLayer<S, { in: { title: string } }>({
    ...facts,
    family: 'maths',
    inputs: { in: { title: 'Tensor' } },
    keepsShape: true,
    infer: (context) => {
      const { params, inputs } = context as unknown as { params: ParamsOf<S>; inputs: { in: Tensor } };
      const refused = refuse?.(params);
      if (refused) return refused;
      return { output: likeInput(inputs.in) };
    },
    keras: { className, custom: true },
  });

/** An axis counted from the front; null for the batch, or for none. */
function axisOf({ shape }: Tensor, axis: number): number | null {
  const at = axis < 0 ? shape.length + axis : axis;
  return at >= 1 && at < shape.length ? at : null;
}

/** The axes counted from the front, in order; or why they cannot be. */
export function axesOf(
  tensor: Tensor,
  axes: readonly number[],
  param: string,
): { axes: number[] } | { refusal: Extract<RuleResult, { refusal: unknown }>['refusal'] } {
  const found = axes.map((axis) => axisOf(tensor, axis));
  const wrong = axes[found.findIndex((axis, at) => axis === null || found.indexOf(axis) < at)];
  if (wrong === undefined) return { axes: (found as number[]).toSorted((a, b) => a - b) };
  const missing = axisOf(tensor, wrong) === null;
  return {
    refusal: {
      message: `${missing ? 'There is no' : 'Said twice:'} axis ${String(wrong).replace('-', '−')} in ${formatShape(tensor.shape)}.`,
      why: 'The axes of a sample are counted from 1, each once; 0 is the batch, and samples are not mixed.',
      param,
      repairs: [{ title: 'The last axis', kind: 'setParams', params: { [param]: axes.length > 0 ? [-1] : [] } }],
    },
  };
}
