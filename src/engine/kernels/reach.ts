/** Where the windows of a convolution lie: what both its gradients need to know. */
import { type backend_util, pad, reshape, slice, type Tensor4D } from '@tensorflow/tfjs-core';

type Info = backend_util.Conv2DInfo;

/** Rows of zeros before and after an axis; less than 0 after it: rows that are in no window. */
interface Border {
  before: number;
  after: number;
}

export type Borders = readonly [rows: Border, columns: Border];

export const explicit = ([rows, columns]: Borders): backend_util.ExplicitPadding => [
  [0, 0],
  [rows.before, rows.after],
  [columns.before, columns.after],
  [0, 0],
];

/** What the windows reach beyond the image. */
export function reachOf(info: Info): Borders {
  const { padInfo, outHeight, outWidth, strideHeight, strideWidth, inHeight, inWidth } = info;
  const height = (outHeight - 1) * strideHeight + info.effectiveFilterHeight;
  const width = (outWidth - 1) * strideWidth + info.effectiveFilterWidth;
  return [
    { before: padInfo.top, after: height - inHeight - padInfo.top },
    { before: padInfo.left, after: width - inWidth - padInfo.left },
  ];
}

/**
 * The image with what the windows reach beyond it, and without what they leave out.
 * @param x [N, H, W, C]
 */
export function touched(x: Tensor4D, info: Info): Tensor4D {
  const [rows, columns] = reachOf(info);
  const grown = (border: Border): Border => ({ ...border, after: Math.max(0, border.after) });
  const around = explicit([grown(rows), grown(columns)]);
  const whole = around.flat().some((zeros) => zeros > 0) ? pad(x, around) : x;
  if (rows.after >= 0 && columns.after >= 0) return whole;
  const [height, width] = [info.inHeight + rows.before + rows.after, info.inWidth + columns.before + columns.after];
  return slice(whole, [0, 0, 0, 0], [info.batchSize, height, width, info.inChannels]);
}

/**
 * A gradient with stride − 1 zeros between its values, and the borders under which a plain correlation
 * with the turned filter covers exactly the input.
 * @param dy [N, H_out, W_out, K] → [N, about H_out·S, about W_out·S, K]
 */
export function spread(dy: Tensor4D, info: Info): { sparse: Tensor4D; borders: Borders } {
  const { batchSize: n, outHeight, outWidth, strideHeight: sh, strideWidth: sw, outChannels: k } = info;
  let sparse = dy;
  if (sh > 1) sparse = pad(reshape(sparse, [n * outHeight, 1, outWidth, k]), axisPadding(1, sh - 1));
  if (sw > 1) sparse = pad(reshape(sparse, [n * outHeight * sh * outWidth, 1, 1, k]), axisPadding(2, sw - 1));
  sparse = reshape(sparse, [n, outHeight * sh, outWidth * sw, k]);
  let borders = overlap(info, outHeight * sh, outWidth * sw);
  if (borders.some(({ after }) => after < 0)) {
    const [height, width] = [(outHeight - 1) * sh + 1, (outWidth - 1) * sw + 1];
    sparse = slice(sparse, [0, 0, 0, 0], [n, height, width, k]);
    borders = overlap(info, height, width);
  }
  return { sparse, borders };
}

const axisPadding = (axis: number, after: number): [number, number][] =>
  [0, 1, 2, 3].map((at) => [0, at === axis ? after : 0]);

function overlap(info: Info, height: number, width: number): Borders {
  const { filterHeight, filterWidth, inHeight, inWidth } = info;
  const { top, left } = info.padInfo;
  return [
    { before: filterHeight - 1 - top, after: inHeight - height + top },
    { before: filterWidth - 1 - left, after: inWidth - width + left },
  ];
}
