/** Convolutions of each channel by itself, with one filter a channel or M, by our own WebAssembly. */
import { type backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { Native } from './module';
import { remaindersOf, sightOf, sightOfRemainder, stepsOver } from './sights';
import { layWindows, type Piece, type Steps } from './windows';

type Info = backend_util.Conv2DInfo;

/** One piece for each tap of the filter [F_h, F_w, C·M]. */
const tapsOf = (info: Info): Piece[] => {
  const { filterHeight, filterWidth, dilationHeight, dilationWidth, inChannels, outChannels } = info;
  return Array.from({ length: filterHeight * filterWidth }, (_, tap): Piece => {
    const [row, column] = [Math.floor(tap / filterWidth), tap % filterWidth];
    const at = column * dilationWidth * inChannels;
    return { row: row * dilationHeight, at, filter: tap * outChannels, length: inChannels };
  });
};

/** @param y [N, H_out, W_out, C·M], written */
export function depthwise(ours: Native, info: Info, x: TensorInfo, filter: TensorInfo, y: TensorInfo): void {
  const steps = stepsOver(info.outHeight, info.outWidth, info.outChannels);
  const laid = layWindows(ours, sightOf(info), tapsOf(info), info.outChannels, steps, false);
  const places = [x, filter, y].map((one) => ours.addressOf(one));
  const cost = info.filterHeight * info.filterWidth * util.sizeFromShape(y.shape);
  ours.work('depthwise', laid.units, cost, [laid.plan, ...places], laid.room);
}

/** @param dw [F_h, F_w, C, M], written */
export function depthwiseFilterGradient(ours: Native, info: Info, x: TensorInfo, dy: TensorInfo, dw: TensorInfo): void {
  const taps = tapsOf(info);
  const steps = stepsOver(info.outHeight, info.outWidth, info.outChannels);
  const laid = layWindows(ours, sightOf(info), taps, info.outChannels, steps, true);
  const places = [x, dy, dw].map((one) => ours.addressOf(one));
  const cost = taps.length * util.sizeFromShape(dy.shape);
  ours.work('depthwiseFilterGradient', taps.length, cost, [laid.plan, ...places], laid.room);
}

/** @param dx [N, H, W, C], written */
export function depthwiseInputGradient(
  ours: Native,
  info: Info,
  dy: TensorInfo,
  filter: TensorInfo,
  dx: TensorInfo,
): void {
  const { strideHeight, strideWidth, inHeight, inWidth, inChannels, outChannels, filterWidth } = info;
  const { rows, columns } = remaindersOf(info);
  const start = ours.addressOf(dx);
  if ([...rows, ...columns].some(({ taps }) => taps.length === 0)) ours.fill(start, util.sizeFromShape(dx.shape));
  const steps: Steps = {
    image: inHeight * inWidth * inChannels,
    row: strideHeight * inWidth * inChannels,
    step: strideWidth * inChannels,
  };
  for (const [row, down] of rows.entries()) {
    for (const [column, across] of columns.entries()) {
      if (down.taps.length === 0 || across.taps.length === 0) continue;
      const pieces = down.taps.flatMap(({ tap, shift }) =>
        across.taps.map(
          (beside): Piece => ({
            row: shift - down.first,
            at: (beside.shift - across.first) * outChannels,
            filter: (tap * filterWidth + beside.tap) * outChannels,
            length: outChannels,
          }),
        ),
      );
      const laid = layWindows(ours, sightOfRemainder(info, down, across), pieces, inChannels, steps, false);
      const to = start + 4 * (row * inWidth + column) * inChannels;
      const places = [ours.addressOf(dy), ours.addressOf(filter), to];
      const cost = pieces.length * info.batchSize * down.count * across.count * outChannels;
      ours.work('depthwise', laid.units, cost, [laid.plan, ...places], laid.room);
    }
  }
}
