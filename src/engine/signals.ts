/** How a step went, weight by weight: for the people who watch. Taken now and then; it costs about as much as an update. */
import {
  abs,
  add,
  cast,
  dispose,
  equal,
  keep,
  max,
  mean,
  reshape,
  scalar,
  sqrt,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { readBack } from './backends';
import type { NamedWeight } from './model';
import type { Gradients } from './optimizers/updater';

/** One weight in one step. */
export interface WeightSignal {
  name: string;
  node: string;
  /** ‖∂L/∂w‖ */
  gradient: number;
  /** ‖w‖ */
  weight: number;
  /** ‖Δw‖ */
  update: number;
  /** The share of units (of the last axis) that no gradient reached; null where a weight has no units. */
  still: number | null;
}

/** Between the gradients and the update. */
export interface Watched {
  weights: readonly NamedWeight[];
  before: Tensor[];
  gradients: Tensor[];
}

const norm = (x: Tensor): Tensor => sqrt(sum(square(x)));

const isKernel = ({ weight, shape }: NamedWeight): boolean => /kernel$/.test(weight) && shape.length >= 2;

/** Looks at the gradients, and keeps the weights as they are. To be called before the update, which uses both up. */
export function watch(weights: readonly NamedWeight[], gradients: Gradients): Watched {
  const seen = weights.filter(({ variable }) => gradients[variable.name] !== undefined);
  const parts = seen.map((weight) => {
    const gradient = gradients[weight.variable.name] as Tensor;
    return tidy(() => {
      const still = isKernel(weight)
        ? mean(cast(equal(max(abs(reshape(gradient, [-1, gradient.shape.at(-1) ?? 1])), 0), 0), 'float32'))
        : scalar(-1);
      return keep(stack([norm(gradient), still]));
    });
  });
  return { weights: seen, before: seen.map(({ variable }) => copyOf(variable)), gradients: parts };
}

/** A tensor of its own: updates may change a weight where it lies. */
const copyOf = (variable: Variable): Tensor => keep(tidy(() => add(variable, 0)));

/** What the update made of it. Takes what `watch` kept. */
export function measure({ weights, before, gradients }: Watched): Promise<WeightSignal[]> {
  const rows = tidy(() =>
    weights.map(({ variable }, at) => stack([norm(variable), norm(sub(variable, before[at] as Tensor))])),
  );
  dispose(before);
  return read(weights, gradients, rows);
}

async function read(weights: readonly NamedWeight[], gradients: Tensor[], rows: Tensor[]): Promise<WeightSignal[]> {
  try {
    const values = await Promise.all([...gradients, ...rows].map(readBack));
    return weights.map(({ name, node }, at): WeightSignal => {
      const [gradient = 0, still = -1] = values[at] ?? [];
      const [weight = 0, update = 0] = values[weights.length + at] ?? [];
      return { name, node, gradient, weight, update, still: still < 0 ? null : still };
    });
  } finally {
    dispose([...gradients, ...rows]);
  }
}
