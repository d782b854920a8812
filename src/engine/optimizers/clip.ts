/** Shortens gradients as an optimizer's settings say, in Keras's order of precedence: norm, global norm, value. */
import {
  add,
  clipByValue,
  dispose,
  div,
  maximum,
  minimum,
  mul,
  sqrt,
  square,
  sum,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { Optimizer } from '@/document';
import type { Gradients } from './updater';

/** Disposes of what it replaces. Pascanu, Mikolov & Bengio 2013. */
export function clipped({ clipNorm, globalClipNorm, clipValue }: Optimizer, gradients: Gradients): Gradients {
  if (clipNorm !== undefined) return replace(gradients, (g) => mul(g, div(clipNorm, maximum(norm([g]), clipNorm))));
  if (globalClipNorm !== undefined) {
    const scale = tidy(() => minimum(div(globalClipNorm, norm(Object.values(gradients))), 1));
    const shortened = replace(gradients, (g) => mul(g, scale));
    scale.dispose();
    return shortened;
  }
  if (clipValue !== undefined) return replace(gradients, (g) => clipByValue(g, -clipValue, clipValue));
  return gradients;
}

const norm = (tensors: readonly Tensor[]): Tensor =>
  sqrt(tensors.map((g) => sum(square(g))).reduce((total, part) => add(total, part)));

function replace(gradients: Gradients, change: (gradient: Tensor) => Tensor): Gradients {
  const changed = Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [name, tidy(() => change(gradient))]),
  );
  dispose(Object.values(gradients));
  return changed;
}
