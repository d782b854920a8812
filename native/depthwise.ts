/** Convolutions of each channel by itself, with one filter a channel, and the gradient of the filter. */
import { PIECE } from './tiles';
import { all, bytes, get, madd, put } from './vectors';
import { bandsOf, lookAt, Windows, windowAt } from './windows';

/**
 * A unit is a band of an image. A piece is one tap: where it lies in a window, and in the filter.
 * @param filter [taps, C]
 */
export function depthwise(plan: usize, x: usize, filter: usize, y: usize, from: i32, to: i32, room: usize): void {
  const w = changetype<Windows>(plan);
  const bands = bandsOf(w);
  for (let unit = from; unit < to; unit++) {
    const image = (unit / bands) * w.images;
    const row = (unit % bands) * w.rows;
    const images = min(w.images, w.batch - image);
    const rows = min(w.rows, w.outHeight - row);
    const seen = lookAt(w, x, image, images, row, rows, room);
    for (let n = 0; n < images; n++) {
      for (let i = 0; i < rows; i++) {
        let first = windowAt(w, seen, rows, n, i, 0);
        let result = y + <usize>(image + n) * w.yImage + <usize>(row + i) * w.yRow;
        for (let j = 0; j < w.outWidth; j++) {
          for (let c = 0; c < w.channels; ) {
            const whole = c + 4 <= w.channels;
            const at = bytes(c);
            let sum = all(0);
            let piece = w.pieces;
            for (let tap = 0; tap < w.count; tap++) {
              const value = get(first + load<usize>(piece) + at, whole);
              sum = madd(value, get(filter + load<usize>(piece, 4) + at, whole), sum);
              piece += PIECE;
            }
            put(result + at, sum, whole);
            c += whole ? 4 : 1;
          }
          first += bytes(w.strideWidth * w.channels);
          result += w.yStep;
        }
      }
    }
  }
}

/** A unit is a tap, for all channels. @param dw [taps, C] */
export function depthwiseFilterGradient(
  plan: usize,
  x: usize,
  dy: usize,
  dw: usize,
  from: i32,
  to: i32,
  room: usize,
): void {
  const w = changetype<Windows>(plan);
  const bands = bandsOf(w);
  const pixel = bytes(w.channels);
  const step = bytes(w.strideWidth * w.channels);
  for (let tap = from; tap < to; tap++) memory.fill(dw + load<usize>(w.pieces + <usize>tap * PIECE, 4), 0, pixel);
  for (let image = 0; image < w.batch; image += w.images) {
    const images = min(w.images, w.batch - image);
    for (let band = 0; band < bands; band++) {
      const top = band * w.rows;
      const rows = min(w.rows, w.outHeight - top);
      const seen = lookAt(w, x, image, images, top, rows, room);
      for (let tap = from; tap < to; tap++) {
        const piece = w.pieces + <usize>tap * PIECE;
        const place = dw + load<usize>(piece, 4);
        for (let c = 0; c < w.channels; ) {
          const whole = c + 4 <= w.channels;
          const at = bytes(c);
          let sum = get(place + at, whole);
          for (let n = 0; n < images; n++) {
            for (let i = 0; i < rows; i++) {
              let value = windowAt(w, seen, rows, n, i, 0) + load<usize>(piece) + at;
              let slope = dy + <usize>(((image + n) * w.outHeight + top + i) * w.outWidth) * pixel + at;
              for (let j = 0; j < w.outWidth; j++) {
                sum = madd(get(value, whole), get(slope, whole), sum);
                value += step;
                slope += pixel;
              }
            }
          }
          put(place + at, sum, whole);
          c += whole ? 4 : 1;
        }
      }
    }
  }
}
