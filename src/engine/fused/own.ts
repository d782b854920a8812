/** Operations of our own WebAssembly that take the place of several of tfjs's, each with its own gradient. */
import {
  engine,
  type GradFunc,
  type KernelFunc,
  registerGradient,
  registerKernel,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { activationName } from '../activationName';
import { NATIVE_CURVES, native } from '../native/module';

type Attributes = Readonly<Record<string, unknown>>;

/** Whether they can be used here and now: gradients of gradients need the parts. */
export const canFuse = (): boolean => native() !== null && engine().state.gradientDepth <= 1;

/** The number by which our WebAssembly knows an activation; −1 where it does not. */
export const curveOf = (activation: unknown): number => NATIVE_CURVES.indexOf(activationName(activation));

interface OwnOperation {
  name: string;
  compute: KernelFunc;
  /** The inputs that the gradient needs. */
  inputs?: string[];
  /** Whether it needs the result, after them. */
  output?: boolean;
  /** Of each input, computed where it is asked for. An operation without is a part of another's gradient. */
  gradient?: (dy: Tensor, saved: Tensor[], attributes: Attributes) => ReturnType<GradFunc>;
}

/** Makes an operation known to tfjs, for WebAssembly. */
export function registerOwn({ name, compute, inputs = [], output = false, gradient }: OwnOperation): void {
  registerKernel({ kernelName: name, backendName: 'wasm', kernelFunc: compute });
  if (!gradient) return;
  registerGradient({
    kernelName: name,
    inputsToSave: inputs,
    outputsToSave: [output],
    gradFunc: (dy, saved, attributes) => gradient(dy as Tensor, saved, attributes as Attributes),
  });
}

export const runOwn = (name: string, inputs: Readonly<Record<string, Tensor>>, attributes: Attributes = {}): Tensor =>
  engine().runKernel(name, { ...inputs }, attributes as Parameters<KernelFunc>[0]['attrs'] & object) as Tensor;
