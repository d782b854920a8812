/** What holds for every network that can be drawn. */
import { dispose, type Scalar, type Tensor, tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { compile } from '@/compiler';
import type { NetworkDocument } from '@/document';
import { type BuiltModel, buildModel } from '@/engine/model';
import { inferDocument } from '@/inference';
import { toNullable } from '@/layers';
import { noise } from '../support/networks';
import { forward, inputsFor, layersIn, reachedWeights, score, stir } from '../support/passes';

const shapesOf = (shape: unknown): unknown[] => (Array.isArray(shape) && Array.isArray(shape[0]) ? shape : [shape]);

/** Shapes, counts and trainable flags as inferred are those of the built model. */
export async function checkBuilt(document: NetworkDocument): Promise<void> {
  const inference = inferDocument(document, undefined);
  const network = compile(document, { fields: undefined });
  const built = await buildModel(network, 1);
  try {
    const inferred = network.model.layers.map(({ name, node }) => {
      const known = inference.nodes.get(node);
      return {
        name,
        outputs: Object.values(known?.outputs ?? {}).map(({ shape }) => toNullable(shape)),
        parameters: known?.parameters,
        trainable: known?.trainable,
        weights: known?.weights.map(({ name: weight, shape }) => `${weight} ${shape.join('×')}`),
      };
    });
    const size = (shape: readonly (number | null)[]): number => shape.reduce<number>((a, b) => a * (b ?? 1), 1);
    const count = (weights: readonly { shape: readonly (number | null)[] }[]): number =>
      weights.reduce((total, { shape }) => total + size(shape), 0);
    const actual = network.model.layers.map(({ name, node }) => {
      const layer = built.model.getLayer(name);
      const declared = inference.nodes.get(node)?.weights ?? [];
      return {
        name,
        outputs: shapesOf(layer.outputShape),
        parameters: layer.countParams(),
        trainable: count(layer.trainableWeights),
        weights: layer.weights.map(({ originalName, shape }) => {
          const known = declared.find(
            ({ name: wanted }) => originalName === wanted || originalName.endsWith(`/${wanted}`),
          );
          return `${known?.name ?? originalName} ${shape.join('×')}`;
        }),
      };
    });
    expect(sorted(actual)).toEqual(sorted(inferred));
    expect([built.model.countParams(), count(built.model.trainableWeights)]).toEqual([
      inference.totals?.parameters,
      inference.totals?.trainable,
    ]);
  } finally {
    built.dispose();
  }
}

/** tfjs keeps trainable weights before the others, Keras in the order of making. */
const sorted = <T extends { weights: string[] | undefined }>(rows: T[]): T[] =>
  rows.map((row) => ({ ...row, weights: row.weights?.toSorted() }));

/**
 * A forward pass gives finite numbers of the inferred shapes, and a step along the gradient moves every
 * weight that has a say: one with no gradient must have no influence either.
 */
export async function checkTraining(document: NetworkDocument): Promise<void> {
  const network = compile(document, { fields: undefined });
  const built = await buildModel(network, 3);
  const inference = inferDocument(document, undefined);
  const inputs = inputsFor(document, network);
  try {
    // No weight at a value of its own, such as zero, where a gradient may vanish by chance.
    stir(built);
    const outputs = forward(built, inputs, false);
    const wanted = network.model.outputs.map(({ layer, tensor: at }) => {
      const node = network.model.layers.find(({ name }) => name === layer)?.node ?? '';
      return toNullable(Object.values(inference.nodes.get(node)?.outputs ?? {})[at]?.shape ?? []).slice(1);
    });
    expect(outputs.map(({ shape }) => shape.slice(1))).toEqual(wanted);
    for (const output of outputs) expect(output.dataSync().every(Number.isFinite)).toBe(true);
    dispose(outputs);
    checkGradients(document, built, inputs);
  } finally {
    dispose(inputs);
    built.dispose();
  }
}

function checkGradients(document: NetworkDocument, built: BuiltModel, inputs: readonly Tensor[]): void {
  // A pass that changes weights by itself leaves no score to compare with.
  const changes = Object.values(document.graph.nodes)
    .flatMap(layersIn)
    .some(({ type, params }) => type === 'spectralNormalization' || params?.renorm === true);
  const reached = reachedWeights(document, built);
  if (reached.length === 0 || changes) return;
  const variables = reached.map(({ variable }) => variable);
  const { value, grads } = variableGrads(() => score(built, inputs) as Scalar, variables);
  try {
    for (const { name, variable } of reached) {
      const gradient = grads[variable.name]?.dataSync();
      if (gradient) expect(gradient.every(Number.isFinite), `the gradient of ${name} is finite`).toBe(true);
      if (gradient?.some((slope) => slope !== 0)) {
        expect(disagreement(built, inputs, variable, gradient), `the gradient of ${name} is its slope`).toBeNull();
        continue;
      }
      expect(influence(built, inputs, variable), `${name} has no gradient, and no influence`).toBeLessThan(1e-6);
    }
  } finally {
    value.dispose();
    dispose(grads);
  }
}

type Weights = BuiltModel['weights'][number]['variable'];

/** The score with a weight moved along a fixed random way by so much. */
function scoreAlong(built: BuiltModel, inputs: readonly Tensor[], variable: Weights): (step: number) => number {
  const before = variable.dataSync().slice();
  const way = noise(before.length, 99);
  return (step) => {
    const moved = before.map((value, index) => value + step * (way[index] ?? 0));
    tidy(() => variable.assign(tensor(moved, variable.shape)));
    return tidy(() => score(built, inputs).dataSync()[0] ?? 0);
  };
}

/**
 * What gradient and differences say of the slope along a random way, where they do not agree at any of several
 * step sizes. Null where they do, or where the score has a corner there and no slope.
 */
function disagreement(
  built: BuiltModel,
  inputs: readonly Tensor[],
  variable: Weights,
  gradient: ArrayLike<number>,
): { slope: number; measured: number[] } | null {
  const way = noise(gradient.length, 99);
  const slope = way.reduce((sum, value, at) => sum + value * (gradient[at] ?? 0), 0);
  const at = scoreAlong(built, inputs, variable);
  const middle = at(0);
  const measured: number[] = [];
  for (const step of [1e-2, 3e-3, 1e-3]) {
    const [low, high] = [at(-step), at(step)];
    const difference = (high - low) / (2 * step);
    // Float32 leaves the score its seventh digit.
    const rounding = (1e-5 * Math.max(1, Math.abs(middle))) / step;
    const scale = Math.max(Math.abs(slope), Math.abs(difference));
    if (Math.abs(difference - slope) < 0.03 * scale + rounding) {
      at(0);
      return null;
    }
    const [left, right] = [(middle - low) / step, (high - middle) / step];
    // Where the two sides differ, a unit has turned a corner on the way, and there is no slope to compare with.
    if (Math.abs(left - right) < 0.02 * scale + rounding) measured.push(difference);
  }
  at(0);
  return measured.length < 2 ? null : { slope, measured };
}

/** How much the score changes where one weight moves a little to either side; the lesser change counts (kinks). */
function influence(built: BuiltModel, inputs: readonly Tensor[], variable: Weights): number {
  const at = scoreAlong(built, inputs, variable);
  const [low, high, middle] = [at(-1e-3), at(1e-3), at(0)];
  return Math.min(Math.abs(high - middle), Math.abs(middle - low)) / Math.max(1, Math.abs(middle));
}
