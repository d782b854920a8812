/** All layer types. Adding a layer is adding its file and its line here. */
import type { Json, NetworkNode } from '@/document';
import { activationLayer } from './activation/activation';
import { conv2d } from './convolution/conv2d';
import { dense } from './core/dense';
import type { Family, LayerDeclaration } from './declaration';
import { input } from './input/input';
import { crossEntropy } from './loss/crossEntropy';
import { meanSquaredError } from './loss/meanSquaredError';
import { add } from './merge/add';
import { concatenate } from './merge/concatenate';
import { batchNormalization } from './normalization/batchNormalization';
import { averagePooling2d } from './pooling/averagePooling2d';
import { globalAveragePooling2d } from './pooling/globalAveragePooling2d';
import { maxPooling2d } from './pooling/maxPooling2d';
import { dropout } from './regularization/dropout';
import { flatten } from './shape/flatten';
import { reshape } from './shape/reshape';

/** In the palette's order. */
export const LAYERS: readonly LayerDeclaration[] = [
  input,
  dense,
  conv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  activationLayer,
  batchNormalization,
  dropout,
  flatten,
  reshape,
  add,
  concatenate,
  crossEntropy,
  meanSquaredError,
];

/** Families in the palette's order. */
export const FAMILIES: readonly { id: Family; title: string }[] = [
  { id: 'input', title: 'Input' },
  { id: 'core', title: 'Core' },
  { id: 'convolution', title: 'Convolution' },
  { id: 'pooling', title: 'Pooling' },
  { id: 'activation', title: 'Activation' },
  { id: 'normalization', title: 'Normalisation' },
  { id: 'regularization', title: 'Regularisation' },
  { id: 'shape', title: 'Shape' },
  { id: 'merge', title: 'Merging' },
  { id: 'loss', title: 'Loss' },
];

const byType = new Map(LAYERS.map((layer) => [layer.type, layer]));

export const layerOf = (type: string): LayerDeclaration | undefined => byType.get(type);

/** What people see of a node. */
export const nameOf = (id: string, node: NetworkNode): string => node.name ?? id;

export interface ParamProblem {
  param: string;
  message: string;
}

/**
 * A node's hyperparameters with defaults filled in, each read by its declaration.
 * `params` holds only what could be read; every other is a problem.
 */
export function resolveParams(
  layer: LayerDeclaration,
  given: Readonly<Record<string, Json>> = {},
): { params: Record<string, unknown>; problems: ParamProblem[] } {
  const params: Record<string, unknown> = {};
  const problems: ParamProblem[] = [];
  for (const [name, spec] of Object.entries(layer.params)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      params[name] = spec.default;
      continue;
    }
    const read = spec.read(value);
    if ('error' in read) problems.push({ param: name, message: read.error });
    else params[name] = read.value;
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(layer.params, name)) problems.push({ param: name, message: `${layer.title} has no “${name}”.` });
  }
  return { params, problems };
}

/** A layer type's default for a hyperparameter, for canonical saving. */
export const defaultOf = (type: string, param: string): unknown => layerOf(type)?.params[param]?.default;
