/** What inference says of one layer behind an input. */
import type { Json } from '@/document';
import { inferDocument } from '@/inference';
import { layerOf, layerOfKeras, readKeras, toNullable, writeKeras } from '@/layers';
import { chain } from '../support/networks';

export function ruled(shape: (number | null)[], type: string, params: Record<string, Json> = {}) {
  const inference = inferDocument(chain(shape, [type, params]), undefined);
  const known = inference.nodes.get('n1');
  return {
    output: known?.output ? toNullable(known.output.shape).slice(1) : null,
    weights: known?.weights.map(({ name, shape: sizes }) => `${name} ${sizes.join('×')}`),
    parameters: known?.parameters,
    trainable: known?.trainable,
    problems: inference.problems.map(({ severity, message }) => `${severity}: ${message}`),
    /** Those that mend it. */
    repairs: inference.problems.flatMap(({ repairs }) => repairs.map(({ title }) => title)),
    known,
  };
}

/** How a layer behind an input is written for Keras. */
export function written(shape: number[], type: string, params: Record<string, Json> = {}) {
  const layer = layerOf(type);
  const { known } = ruled(shape, type, params);
  if (!layer || !known?.params || !known.output) throw new Error(`${type} does not fit`);
  return writeKeras(layer, {
    params: known.params,
    inputs: [{ shape: [1, ...shape], dtype: 'float32' }],
    output: known.output,
  });
}

/** What a Keras config is read as: the layer's type and hyperparameters, or why not. */
export function readAs(className: string, config: Record<string, Json>) {
  const layer = layerOfKeras(className);
  if (!layer) throw new Error(`no layer for ${className}`);
  return { type: layer.type, ...readKeras(layer, className, config) };
}
