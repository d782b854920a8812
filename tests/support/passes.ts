/** One pass through any network that can be drawn, with the same inputs, weights and chance wherever it runs. */
import { add, mul, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { CompiledNetwork } from '@/compiler';
import type { NetworkDocument, NetworkNode } from '@/document';
import type { BuiltModel } from '@/engine/model';
import { seedSteps } from '@/engine/random';
import { downstreamOf, topologyOf } from '@/inference/topology';
import { layerOf } from '@/layers';
import { noise } from './networks';

const SAMPLES = 2;

/** The values an input may hold: indices where they are looked up, noise elsewhere. */
function valuesFor(document: NetworkDocument, id: string, size: number, seed: number): Float32Array {
  const values = noise(size, seed);
  const looked = document.graph.edges
    .filter(({ from }) => from[0] === id)
    .map(({ to }) => document.graph.nodes[to[0]])
    .filter((node) => node?.type === 'embedding' || node?.type === 'categoryEncoding');
  if (looked.length === 0) return values;
  const most = Math.min(...looked.map((node) => Number(node?.params?.inputDim ?? node?.params?.numTokens ?? 2)));
  return values.map((value) => Math.floor(((value + 1) / 2) * most));
}

/** A batch for every input of a network. */
export const inputsFor = (document: NetworkDocument, network: CompiledNetwork): Tensor[] =>
  network.inputs.map(({ node, shape }, at) => {
    const sizes = [SAMPLES, ...shape.map((known) => known ?? 3)];
    const size = sizes.reduce((a, b) => a * b, 1);
    return tensor(valuesFor(document, node, size, at + 1), sizes);
  });

/** Gives every weight values of no kind: zeros hide mistakes. */
export function stir({ weights }: BuiltModel): void {
  for (const [at, { variable, weight, shape }] of weights.entries()) {
    const size = shape.reduce((a, b) => a * b, 1);
    const positive = /variance|stddev|count/.test(weight);
    const values = noise(size, 50 + at).map((value) => (positive ? 1 + value * value : value * 0.7));
    tidy(() => variable.assign(tensor(values, shape)));
  }
}

/** The model's outputs, with the same chance at every pass. */
export function forward({ model }: BuiltModel, inputs: readonly Tensor[], training: boolean): Tensor[] {
  seedSteps(5);
  const result = model.apply(inputs.length === 1 && inputs[0] ? inputs[0] : [...inputs], { training });
  return (Array.isArray(result) ? result : [result]) as Tensor[];
}

/** ⟨outputs, r⟩ for fixed random r. */
export const score = (built: BuiltModel, inputs: readonly Tensor[]): Tensor =>
  forward(built, inputs, true).reduce<Tensor | null>((total, output, at) => {
    const term = sum(mul(output, tensor(noise(output.size, 70 + at), output.shape)));
    return total ? add(total, term) : term;
  }, null) as Tensor;

/** The trained weights that a gradient of the outputs is meant to reach, and to be their slope. */
export function reachedWeights(document: NetworkDocument, { weights }: BuiltModel): BuiltModel['weights'] {
  const { outgoing } = topologyOf(document.graph);
  return weights.filter(({ node, trainable }) => {
    const after = [...downstreamOf(node, outgoing)].map(
      (id) => [id, layerOf(document.graph.nodes[id]?.type ?? '')] as const,
    );
    const stops = after.some(
      ([id, layer]) =>
        (id !== node && layer?.blocksGradient) ||
        layersIn(document.graph.nodes[id]).some(({ type }) => OTHERWISE.has(type)),
    );
    return trainable && !stops;
  });
}

/** A node's layer, and the one inside it. */
export function layersIn(node: NetworkNode | undefined): Pick<NetworkNode, 'type' | 'params'>[] {
  const inner = node?.params?.layer as Pick<NetworkNode, 'type' | 'params'> | string | undefined;
  return [...(node ? [node] : []), ...(typeof inner === 'object' ? [inner] : [])];
}

/** Layers whose gradient is meant to be another than their slope, or that replace their weights in passing. */
const OTHERWISE: ReadonlySet<string> = new Set(['gradientReversal', 'threshold', 'spectralNormalization']);
