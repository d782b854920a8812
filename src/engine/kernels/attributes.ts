/** What a convolution kernel is called with, in the types tfjs leaves open. */
import { backend_util, type Tensor4D } from '@tensorflow/tfjs-core';
import type { Call } from './replace';

type Pads = 'valid' | 'same' | number | backend_util.ExplicitPadding;
type Plane = [number, number, number, number];

export interface ConvAttributes {
  strides: number | [number, number];
  pad: Pads;
  dilations?: number | [number, number];
  dataFormat?: 'NHWC' | 'NCHW';
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  filterShape?: Plane;
  inputShape?: Plane;
}

/** tfjs types kernel attributes as an open record; these kernels are only ever called by its own ops. */
export const convAttributes = (call: Call): ConvAttributes => call.attrs as unknown as ConvAttributes;

/** A kernel's input as the tensor it is: tfjs hands kernels whole tensors. */
export function inputOf(call: Call, name: string): Tensor4D {
  const tensor = call.inputs[name];
  if (!tensor) throw new Error(`kernel input ${name} is missing`);
  return tensor as unknown as Tensor4D;
}

/** Sizes and padding of a convolution in NHWC, by tfjs's own rule. */
export const geometry = (
  input: readonly number[],
  filter: readonly number[],
  { strides, pad, dilations, dimRoundingMode }: ConvAttributes,
  depthwise = false,
): backend_util.Conv2DInfo =>
  backend_util.computeConv2DInfo(
    input as Plane,
    filter as Plane,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
