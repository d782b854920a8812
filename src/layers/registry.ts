/** All layer types. Adding a layer is adding its file and its line here. */
import type { NetworkDocument, NetworkNode } from '@/document';
import { activationLayers } from './activation';
import { attentionLayers } from './attention';
import { blockPorts } from './block';
import { blockLayerIn } from './block/instance';
import { convolutionLayers } from './convolution';
import { coreLayers } from './core';
import type { Family, LayerDeclaration } from './declaration';
import { inputLayers } from './input';
import { kerasClasses } from './keras';
import { lossLayers } from './loss';
import { mathsLayers } from './maths';
import { mergeLayers } from './merge';
import { normalizationLayers } from './normalization';
import { poolingLayers } from './pooling';
import { preprocessingLayers } from './preprocessing';
import { recurrentLayers } from './recurrent';
import { timeDistributed } from './recurrent/timeDistributed';
import { regularizationLayers } from './regularization';
import { resolveParams } from './resolve';
import { shapeLayers } from './shape';

const families: readonly (readonly LayerDeclaration[])[] = [
  inputLayers,
  coreLayers,
  convolutionLayers,
  poolingLayers,
  recurrentLayers,
  attentionLayers,
  activationLayers,
  normalizationLayers,
  regularizationLayers,
  shapeLayers,
  mergeLayers,
  mathsLayers,
  preprocessingLayers,
  lossLayers,
];

/** In the palette's order. One layer is made of the others: it has any of them inside. */
export const LAYERS: readonly LayerDeclaration[] = families.flatMap((layers) =>
  layers === recurrentLayers ? [...layers, timeDistributed(families.flat())] : layers,
);

/** Families in the palette's order. */
export const FAMILIES: readonly { id: Family; title: string }[] = [
  { id: 'input', title: 'Input' },
  { id: 'core', title: 'Core' },
  { id: 'convolution', title: 'Convolution' },
  { id: 'pooling', title: 'Pooling' },
  { id: 'recurrent', title: 'Recurrent' },
  { id: 'attention', title: 'Attention' },
  { id: 'activation', title: 'Activation' },
  { id: 'normalization', title: 'Normalisation' },
  { id: 'regularization', title: 'Regularisation' },
  { id: 'shape', title: 'Shape' },
  { id: 'merge', title: 'Merging' },
  { id: 'maths', title: 'Maths' },
  { id: 'preprocessing', title: 'Preprocessing' },
  { id: 'loss', title: 'Loss' },
];

/** What stands for a block's ports within it. */
export const BLOCK_PORTS: readonly LayerDeclaration[] = blockPorts;

const byType = new Map([...LAYERS, ...blockPorts].map((layer) => [layer.type, layer]));

export const layerOf = (type: string): LayerDeclaration | undefined => byType.get(type);

/**
 * The layer type that a Keras class stands for.
 * @param options arguments of the call besides tensors, which may tell layers of one class apart
 */
export const layerOfKeras = kerasClasses(LAYERS);

/** As `layerOf`, with the document's own blocks among the types. */
export const layerIn = (document: NetworkDocument, type: string): LayerDeclaration | undefined =>
  byType.get(type) ?? blockLayerIn(document, type);

/**
 * A node's output ports in order: `out`, then what its layer gives besides; a block's own ports. None for a loss.
 * @param params as resolved; the node's own are read where they are not at hand
 */
export function outputsOf(
  node: { readonly type: string; readonly params?: NetworkNode['params'] | undefined },
  params?: Readonly<Record<string, unknown>> | null,
  layer = layerOf(node.type),
): readonly string[] {
  if (layer?.role === 'loss' || layer?.role === 'blockOutput') return [];
  if (!layer?.outputs) return ONE_OUTPUT;
  if (layer.role === 'block') return Object.keys(layer.outputs({}));
  return ['out', ...Object.keys(layer.outputs({ ...(params ?? readable(layer, node)) }))];
}

const ONE_OUTPUT: readonly string[] = ['out'];

/** A node's hyperparameters, with the default for what cannot be read. */
const readable = (layer: LayerDeclaration, node: Parameters<typeof outputsOf>[0]): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(layer.params).map(([name, { default: fallback }]) => [name, fallback])),
  ...resolveParams(layer, node.params).params,
});

/** How many layers of the model a graph holds: neither what feeds or judges it, nor blocks and their ports. */
export const layerCount = (nodes: Readonly<Record<string, { readonly type: string }>>): number =>
  Object.values(nodes).filter(({ type }) => layerOf(type)?.role === undefined && !type.startsWith('block:')).length;

/** What people see of a node. */
export const nameOf = (id: string, node: NetworkNode): string => node.name ?? id;

/** A layer type's default for a hyperparameter, for canonical saving. */
export const defaultOf = (type: string, param: string): unknown => layerOf(type)?.params[param]?.default;
