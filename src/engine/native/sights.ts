/** Where windows lie on images and, for the way back, on the gradients of what they gave. */
import type { backend_util } from '@tensorflow/tfjs-core';
import type { Sight, Steps } from './windows';

type Info = backend_util.Conv2DInfo;

export const sightOf = (info: Info): Sight => ({
  batch: info.batchSize,
  height: info.inHeight,
  width: info.inWidth,
  channels: info.inChannels,
  outHeight: info.outHeight,
  outWidth: info.outWidth,
  strideHeight: info.strideHeight,
  strideWidth: info.strideWidth,
  top: info.padInfo.top,
  left: info.padInfo.left,
  reachHeight: info.effectiveFilterHeight,
  reachWidth: info.effectiveFilterWidth,
});

/** Where the results of an image [H, W, C] go. */
export const stepsOver = (height: number, width: number, channels: number): Steps => ({
  image: height * width * channels,
  row: width * channels,
  step: channels,
});

/** Where pixels of one remainder by the stride get their gradient from, along an axis. */
export interface Remainder {
  /** How many such pixels there are. */
  count: number;
  /** The filter's taps that reach them, and how many windows further on each is from the pixel's place. */
  taps: { tap: number; shift: number }[];
  /** The least and the largest of these shifts, or 0. */
  first: number;
  last: number;
}

function remainderOf(
  rest: number,
  size: number,
  filter: number,
  stride: number,
  dilation: number,
  before: number,
): Remainder {
  const taps = Array.from({ length: filter }, (_, tap) => ({
    tap,
    shift: (rest + before - tap * dilation) / stride,
  })).filter(({ shift }) => Number.isInteger(shift));
  const shifts = taps.map(({ shift }) => shift);
  return {
    count: Math.ceil((size - rest) / stride),
    taps,
    first: Math.min(0, ...shifts),
    last: Math.max(0, ...shifts),
  };
}

/**
 * Pixels that lie alike between windows see the windows' gradients by the same part of the filter: for each such kind
 * the gradient of the input is a convolution of its own, without the zeros that strides would ask for.
 */
export function remaindersOf(info: Info): { rows: Remainder[]; columns: Remainder[] } {
  const { strideHeight, strideWidth, inHeight, inWidth, padInfo } = info;
  return {
    rows: Array.from({ length: Math.min(strideHeight, inHeight) }, (_, rest) =>
      remainderOf(rest, inHeight, info.filterHeight, strideHeight, info.dilationHeight, padInfo.top),
    ),
    columns: Array.from({ length: Math.min(strideWidth, inWidth) }, (_, rest) =>
      remainderOf(rest, inWidth, info.filterWidth, strideWidth, info.dilationWidth, padInfo.left),
    ),
  };
}

/** What pixels of one kind see of the result's gradient. */
export const sightOfRemainder = (info: Info, down: Remainder, across: Remainder): Sight => ({
  batch: info.batchSize,
  height: info.outHeight,
  width: info.outWidth,
  channels: info.outChannels,
  outHeight: down.count,
  outWidth: across.count,
  strideHeight: 1,
  strideWidth: 1,
  top: -down.first,
  left: -across.first,
  reachHeight: down.last - down.first + 1,
  reachWidth: across.last - across.first + 1,
});
