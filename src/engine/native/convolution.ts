/** Convolutions over a plane and both their gradients, by our own WebAssembly. All tensors are [N, H, W, C]. */
import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Native } from './module';
import { type Remainder, remaindersOf, sightOf, sightOfRemainder, stepsOver } from './sights';
import { LONGEST, layWindows, type Piece, type Sight, type Steps } from './windows';

type Info = backend_util.Conv2DInfo;

/** What is done to a finished sum. */
export interface Finish {
  /** The address of a bias; 0 for none. */
  bias: number;
  /** Index into NATIVE_CURVES. */
  curve: number;
}

const PLAIN: Finish = { bias: 0, curve: 0 };

/** The filter's rows [F_h, F_w·C] (or its taps [F_h·F_w, C] where it is dilated across), in runs of at most so many. */
function runsOf(info: Info, longest: number): Piece[] {
  const { filterHeight, filterWidth, dilationHeight, dilationWidth, inChannels, outChannels } = info;
  const joined = dilationWidth === 1 || filterWidth === 1;
  const [taps, run] = joined ? [1, filterWidth * inChannels] : [filterWidth, inChannels];
  const pieces: Piece[] = [];
  for (let row = 0; row < filterHeight; row++) {
    for (let tap = 0; tap < taps; tap++) {
      for (let from = 0; from < run; from += longest) {
        const length = Math.min(longest, run - from);
        const filter = ((row * taps + tap) * run + from) * outChannels;
        pieces.push({ row: row * dilationHeight, at: tap * dilationWidth * inChannels + from, filter, length });
      }
    }
  }
  return pieces;
}

/**
 * @param y [N, H_out, W_out, K], written
 * @param panels memory for as many numbers as the filter has, with K filled up to eight: `panelsOf`
 */
export function convolve(
  ours: Native,
  info: Info,
  x: TensorInfo,
  filter: TensorInfo,
  panels: TensorInfo,
  y: TensorInfo,
  { bias, curve }: Finish = PLAIN,
): void {
  const { outHeight, outWidth, outChannels } = info;
  const steps = stepsOver(outHeight, outWidth, outChannels);
  const laid = layWindows(ours, sightOf(info), runsOf(info, LONGEST), outChannels, steps, false);
  const [at, from, to] = [panels, x, y].map((tensor) => ours.addressOf(tensor)) as [number, number, number];
  const { plan, units, depth, room } = laid;
  ours.work('layFilter', Math.ceil(outChannels / 8), depth * outChannels, [plan, ours.addressOf(filter), at, 0]);
  ours.work('convolve', units, depth * util.sizeFromShape(y.shape), [plan, from, at, to, bias, curve], room);
}

/** Numbers of a filter laid out in panels of eight maps. */
export const panelsOf = (depth: number, maps: number): number => depth * 8 * Math.ceil(maps / 8);

/** Numbers of a window at a time: LINE in native/filters.ts. */
const LINE = 16;

/** @param dw [F_h, F_w, C, K], written */
export function filterGradient(ours: Native, info: Info, x: TensorInfo, dy: TensorInfo, dw: TensorInfo): void {
  const { outHeight, outWidth, outChannels } = info;
  const pieces = runsOf(info, LINE);
  const steps = stepsOver(outHeight, outWidth, outChannels);
  const laid = layWindows(ours, sightOf(info), pieces, outChannels, steps, true);
  const [from, slope, to] = [x, dy, dw].map((tensor) => ours.addressOf(tensor)) as [number, number, number];
  const cost = laid.depth * util.sizeFromShape(dy.shape);
  ours.work('filterGradient', pieces.length, cost, [laid.plan, from, slope, to], laid.room);
}

/**
 * The gradient of the input: pixels that lie alike between windows see the windows' gradients by a part of the filter,
 * so that for each such kind it is a convolution of its own, without the zeros that strides would ask for.
 * @param dx [N, H, W, C], written
 */
export function inputGradient(
  ours: Native,
  info: Info,
  dy: TensorInfo,
  filter: TensorInfo,
  panels: TensorInfo,
  dx: TensorInfo,
): void {
  const { strideHeight, strideWidth, inHeight, inWidth, inChannels } = info;
  const [slope, at, start] = [dy, panels, dx].map((tensor) => ours.addressOf(tensor)) as [number, number, number];
  const { rows, columns } = remaindersOf(info);
  if ([...rows, ...columns].some(({ taps }) => taps.length === 0)) ours.fill(start, util.sizeFromShape(dx.shape));
  const steps: Steps = {
    image: inHeight * inWidth * inChannels,
    row: strideHeight * inWidth * inChannels,
    step: strideWidth * inChannels,
  };
  for (const [row, down] of rows.entries()) {
    for (const [column, across] of columns.entries()) {
      if (down.taps.length === 0 || across.taps.length === 0) continue;
      const { sight, pieces } = seenBy(info, down, across);
      const { plan, units, depth, room } = layWindows(ours, sight, pieces, inChannels, steps, false);
      const to = start + 4 * (row * inWidth + column) * inChannels;
      const lay = [plan, ours.addressOf(filter), at, info.outChannels];
      ours.work('layFilter', Math.ceil(inChannels / 8), depth * inChannels, lay);
      const cost = depth * info.batchSize * down.count * across.count * inChannels;
      ours.work('convolve', units, cost, [plan, slope, at, to, 0, 0], room);
    }
  }
}

/** A pixel's window on the gradients of the result. */
function seenBy(info: Info, down: Remainder, across: Remainder): { sight: Sight; pieces: Piece[] } {
  const { filterWidth, inChannels, outChannels } = info;
  const sight = sightOfRemainder(info, down, across);
  const pieces = down.taps.flatMap((row) =>
    across.taps.flatMap((column) =>
      Array.from({ length: Math.ceil(outChannels / LONGEST) }, (_, part): Piece => {
        const from = part * LONGEST;
        return {
          row: row.shift - down.first,
          at: (column.shift - across.first) * outChannels + from,
          filter: (row.tap * filterWidth + column.tap) * inChannels * outChannels + from,
          length: Math.min(LONGEST, outChannels - from),
        };
      }),
    ),
  );
  return { sight, pieces };
}
