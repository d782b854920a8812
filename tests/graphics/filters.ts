/** Gradients of convolutions' filters, over images that lie in textures in every way. */
import { dispose, engine, type Tensor } from '@tensorflow/tfjs-core';
import { noiseTensor } from '../support/tensors';
import { type Case, type Results, valuesOf } from './cases';

interface Convolution {
  /** [N, H, W, C] */
  image: [number, number, number, number];
  /** [F_h, F_w, C, K], or with a multiplier in K's place */
  filter: [number, number, number, number];
  stride?: number;
  depthwise?: boolean;
}

const CONVOLUTIONS: readonly Convolution[] = [
  { image: [64, 28, 28, 1], filter: [5, 5, 1, 6] },
  { image: [64, 14, 14, 6], filter: [5, 5, 6, 16] },
  { image: [3, 33, 31, 3], filter: [3, 3, 3, 5], stride: 2 },
  { image: [5, 17, 18, 4], filter: [4, 2, 4, 3], stride: 3 },
  { image: [2, 130, 129, 3], filter: [7, 7, 3, 4], stride: 2 },
  { image: [40, 9, 9, 33], filter: [1, 1, 33, 17] },
  { image: [2, 6, 5, 64], filter: [3, 3, 64, 128] },
  { image: [32, 12, 11, 5], filter: [3, 3, 5, 2], depthwise: true },
];

async function passed({ image, filter, stride = 1, depthwise = false }: Convolution): Promise<Results> {
  const [samples, height, width] = image;
  const sizes = [height, width].map((size) => Math.ceil(size / stride));
  const x = noiseTensor(image, 1);
  const dy = noiseTensor([samples, ...sizes, depthwise ? filter[2] * filter[3] : filter[3]], 2);
  const attributes = {
    ...{ strides: [stride, stride], pad: 'same', filterShape: filter },
    ...(depthwise ? { dilations: [1, 1] } : { dataFormat: 'NHWC' }),
  };
  const kernel = depthwise ? 'DepthwiseConv2dNativeBackpropFilter' : 'Conv2DBackpropFilter';
  const slope: Tensor = engine().runKernel(kernel, { x, dy }, attributes);
  const results: Results = new Map([['gradient', await valuesOf(slope)]]);
  dispose([x, dy, slope]);
  return results;
}

export const filters: readonly Case[] = CONVOLUTIONS.map((one) => ({
  what: `filter ${JSON.stringify(one)}`,
  run: () => passed(one),
}));
