/** A network as a question to another framework: what does this compute, with these weights, for these inputs? */
import { add, dispose, mul, type Scalar, sum, type Tensor, tensor, variableGrads } from '@tensorflow/tfjs-core';
import { compile, toKerasJson } from '@/compiler';
import type { Json, NetworkDocument } from '@/document';
import { buildModel } from '@/engine/model';
import { inferDocument } from '@/inference';
import { toNullable } from '@/layers';
import { noise } from '../engine/support';
import { forward, inputsFor, reachedWeights, stir } from '../support/passes';

interface Values {
  shape: number[];
  data: number[];
}

/** What is asked. */
export interface Case {
  model: Json;
  /** By layer, in the order of Keras's `layer.weights`. */
  weights: Record<string, (Values & { name: string })[]>;
  inputs: Values[];
  /** The gradient asked for is that of Σ outputs·weigh. */
  weigh: number[][];
}

export interface LayerRow {
  name: string;
  outputs: (number | null)[][];
  parameters: number;
  trainable: number;
  weights: [name: string, shape: number[]][];
}

/** What is computed. */
export interface Answer {
  layers: LayerRow[];
  outputs: number[][];
  /** By `layer#index of the weight`. */
  gradients: Record<string, number[] | null>;
}

/** The question and our own answer, on the backend in use. */
export async function askOurselves(document: NetworkDocument): Promise<{ question: Case; answer: Answer }> {
  const network = compile(document, { fields: undefined });
  const inference = inferDocument(document, undefined);
  const built = await buildModel(network, 3);
  const inputs = inputsFor(document, network);
  try {
    stir(built);
    const outputs = forward(built, inputs, false);
    const weigh = outputs.map(({ size }, at) => Array.from(noise(size, 70 + at)));
    const trained = reachedWeights(document, built);
    const score = (): Scalar =>
      forward(built, inputs, false).reduce<Tensor | null>((total, output, at) => {
        const term = sum(mul(output, tensor(weigh[at] ?? [], output.shape)));
        return total ? add(total, term) : term;
      }, null) as Scalar;
    const weights: Case['weights'] = {};
    const gradients: Answer['gradients'] = {};
    const places = new Map<string, string>();
    for (const { name, layer, weight, shape, variable } of built.weights) {
      const list = weights[layer] ?? [];
      weights[layer] = list;
      places.set(name, `${layer}#${list.length}`);
      list.push({ name: weight, shape, data: Array.from(variable.dataSync()) });
    }
    if (trained.length > 0) {
      const { value, grads } = variableGrads(
        score,
        trained.map(({ variable }) => variable),
      );
      for (const { name, variable } of trained) {
        const slope = grads[variable.name]?.dataSync();
        gradients[places.get(name) ?? name] = slope ? Array.from(slope) : null;
      }
      value.dispose();
      dispose(grads);
    }
    const layers = network.model.layers.map(({ name, node }): LayerRow => {
      const known = inference.nodes.get(node);
      return {
        name,
        outputs: Object.values(known?.outputs ?? {}).map(({ shape: [, ...sizes] }) => [
          network.model.batchSize ?? null,
          ...toNullable(sizes),
        ]),
        parameters: Number(known?.parameters),
        trainable: Number(known?.trainable),
        weights: (known?.weights ?? []).map(({ name: weight, shape }) => [
          weight.split('/').at(-1) ?? weight,
          shape.map(Number),
        ]),
      };
    });
    const question: Case = {
      model: toKerasJson(network.model),
      weights,
      inputs: inputs.map((input) => ({ shape: input.shape, data: Array.from(input.dataSync()) })),
      weigh,
    };
    const answer = { layers, outputs: outputs.map((output) => Array.from(output.dataSync())), gradients };
    dispose(outputs);
    return { question, answer };
  } finally {
    dispose(inputs);
    built.dispose();
  }
}
