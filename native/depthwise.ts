/** Convolutions of each channel by itself, and the gradient of their filters. */
import { PIECE } from './tiles';
import { all, bytes, get, madd, put, total } from './vectors';
import { bandsOf, lookAt, Windows, windowAt } from './windows';

/**
 * A unit is a band of an image. A piece is one tap: where it lies in a window, and in the filter. Where there are more
 * maps than channels, each channel has several filters, which lie side by side; where there are fewer, several channels
 * add up to each map (the way back).
 * @param filter [taps, the larger of C and K]
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
          if (w.maps === w.channels) alike(w, first, filter, result);
          else if (w.maps > w.channels) apart(w, first, filter, result);
          else together(w, first, filter, result);
          first += bytes(w.strideWidth * w.channels);
          result += w.yStep;
        }
      }
    }
  }
}

function alike(w: Windows, first: usize, filter: usize, result: usize): void {
  for (let c = 0; c < w.channels; ) {
    const whole = c + 4 <= w.channels;
    const at = bytes(c);
    let sum = all(0);
    let piece = w.pieces;
    for (let tap = 0; tap < w.count; tap++) {
      sum = madd(get(first + load<usize>(piece) + at, whole), get(filter + load<usize>(piece, 4) + at, whole), sum);
      piece += PIECE;
    }
    put(result + at, sum, whole);
    c += whole ? 4 : 1;
  }
}

function apart(w: Windows, first: usize, filter: usize, result: usize): void {
  const several = w.maps / w.channels;
  for (let c = 0; c < w.channels; c++) {
    for (let m = 0; m < several; ) {
      const whole = m + 4 <= several;
      const at = bytes(c * several + m);
      let sum = all(0);
      let piece = w.pieces;
      for (let tap = 0; tap < w.count; tap++) {
        const value = v128.load32_splat(first + load<usize>(piece) + bytes(c));
        sum = madd(value, get(filter + load<usize>(piece, 4) + at, whole), sum);
        piece += PIECE;
      }
      put(result + at, sum, whole);
      m += whole ? 4 : 1;
    }
  }
}

function together(w: Windows, first: usize, filter: usize, result: usize): void {
  const several = w.channels / w.maps;
  for (let c = 0; c < w.maps; c++) {
    let sum = all(0);
    let piece = w.pieces;
    for (let tap = 0; tap < w.count; tap++) {
      for (let m = 0; m < several; ) {
        const whole = m + 4 <= several;
        const at = bytes(c * several + m);
        sum = madd(get(first + load<usize>(piece) + at, whole), get(filter + load<usize>(piece, 4) + at, whole), sum);
        m += whole ? 4 : 1;
      }
      piece += PIECE;
    }
    store<f32>(result + bytes(c), total(sum));
  }
}

/** A unit is a tap, for all maps. @param dw [taps, K] */
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
  const several = w.maps / w.channels;
  const line = bytes(w.maps);
  const step = bytes(w.strideWidth * w.channels);
  for (let tap = from; tap < to; tap++) memory.fill(dw + load<usize>(w.pieces + <usize>tap * PIECE, 4), 0, line);
  for (let image = 0; image < w.batch; image += w.images) {
    const images = min(w.images, w.batch - image);
    for (let band = 0; band < bands; band++) {
      const top = band * w.rows;
      const rows = min(w.rows, w.outHeight - top);
      const seen = lookAt(w, x, image, images, top, rows, room);
      for (let tap = from; tap < to; tap++) {
        const piece = w.pieces + <usize>tap * PIECE;
        const place = dw + load<usize>(piece, 4);
        for (let k = 0; k < w.maps; ) {
          // Four maps of one channel, or of four channels.
          const c = k / several;
          const left = several === 1 ? w.channels - k : (c + 1) * several - k;
          const whole = left >= 4;
          const at = bytes(k);
          let sum = get(place + at, whole);
          for (let n = 0; n < images; n++) {
            for (let i = 0; i < rows; i++) {
              let value = windowAt(w, seen, rows, n, i, 0) + load<usize>(piece) + bytes(c);
              let slope = dy + <usize>(((image + n) * w.outHeight + top + i) * w.outWidth) * line + at;
              for (let j = 0; j < w.outWidth; j++) {
                const seenHere = several === 1 ? get(value, whole) : v128.load32_splat(value);
                sum = madd(seenHere, get(slope, whole), sum);
                value += step;
                slope += line;
              }
            }
          }
          put(place + at, sum, whole);
          k += whole ? 4 : 1;
        }
      }
    }
  }
}
