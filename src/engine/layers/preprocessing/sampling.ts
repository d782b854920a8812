/**
 * Moving images: for each pixel of the result, where in the image it is looked up. The places are worked out
 * here, the looking up is a gather, so the gradient to the pixels exists on every backend.
 */
import { add, concat, gather, mul, reshape, type Tensor, tensor, tensor1d } from '@tensorflow/tfjs-core';

export type FillMode = 'reflect' | 'wrap' | 'nearest' | 'constant';

export interface Filling {
  mode: FillMode;
  value: number;
  nearest: boolean;
}

/** Where a pixel of the result lies in the image, in pixels. */
export type Placing = (row: number, column: number) => readonly [row: number, column: number];

/** An index within 0…size−1, or −1 for what lies outside a constant border. */
function within(place: number, size: number, mode: FillMode): number {
  if (place >= 0 && place < size) return place;
  switch (mode) {
    case 'nearest':
      return Math.min(size - 1, Math.max(0, place));
    case 'wrap':
      return ((place % size) + size) % size;
    case 'reflect': {
      // d c b a | a b c d | d c b a
      const period = 2 * size;
      const inside = ((place % period) + period) % period;
      return inside < size ? inside : period - 1 - inside;
    }
    case 'constant':
      return -1;
  }
}

/** @param x [N, H, W, C]; one placing for each image */
export function sample(x: Tensor, placings: readonly Placing[], { mode, value, nearest }: Filling): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const places = batch * height * width;
  const corners = nearest ? 1 : 4;
  const indices = Array.from({ length: corners }, () => new Int32Array(places));
  const shares = Array.from({ length: corners }, () => new Float32Array(places));
  // One row beyond the image holds the value of a constant border.
  const outside = places;
  let at = 0;
  for (let image = 0; image < batch; image++) {
    const placing = placings[image] as Placing;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++, at++) {
        const [y, x_] = placing(row, column);
        const look = (corner: number, i: number, j: number, share: number): void => {
          const [r, c] = [within(i, height, mode), within(j, width, mode)];
          const index = r < 0 || c < 0 ? outside : (image * height + r) * width + c;
          (indices[corner] as Int32Array)[at] = index;
          (shares[corner] as Float32Array)[at] = share;
        };
        if (nearest) {
          look(0, Math.round(y), Math.round(x_), 1);
          continue;
        }
        const [top, left] = [Math.floor(y), Math.floor(x_)];
        const [down, right] = [y - top, x_ - left];
        look(0, top, left, (1 - down) * (1 - right));
        look(1, top, left + 1, (1 - down) * right);
        look(2, top + 1, left, down * (1 - right));
        look(3, top + 1, left + 1, down * right);
      }
    }
  }
  const pixels = reshape(x, [places, channels]);
  const border = tensor(new Float32Array(channels).fill(value), [1, channels]);
  const table = mode === 'constant' ? concat([pixels, border], 0) : pixels;
  const parts = indices.map((index, corner) =>
    mul(gather(table, tensor1d(index, 'int32')), tensor(shares[corner] as Float32Array, [places, 1])),
  );
  return reshape(
    parts.reduce((sum, part) => add(sum, part)),
    x.shape,
  );
}
