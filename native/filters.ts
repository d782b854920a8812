/** The gradient of a convolution's filter: at every window, what it sees times the gradient of what it gave. */
import { finishRows, fourRows, layPanel, oneRow, PANEL_ROW, PIECE, put, TILE } from './tiles';
import { all, bytes, madd } from './vectors';
import { bandsOf, lookAt, Windows, windowAt } from './windows';

/** Numbers of a window at a time: a line of the cache. */
const LINE = 16;

/** From so many maps on it pays to lay windows side by side first. */
const MANY = 24;

/**
 * A unit is a piece of a window, at most LINE numbers long, for all maps.
 * @param dw the filter's gradient
 */
export function filterGradient(plan: usize, x: usize, dy: usize, dw: usize, from: i32, to: i32, room: usize): void {
  const w = changetype<Windows>(plan);
  const bands = bandsOf(w);
  const most = w.images * w.rows * w.outWidth;
  const panels = room + TILE;
  const laid = panels + <usize>((w.maps + 7) >> 3) * <usize>most * PANEL_ROW;
  const copies = laid + bytes(LINE * most);
  let more = false;
  for (let image = 0; image < w.batch; image += w.images) {
    const images = min(w.images, w.batch - image);
    for (let band = 0; band < bands; band++) {
      const top = band * w.rows;
      const rows = min(w.rows, w.outHeight - top);
      const places = rows * w.outWidth;
      const seen = lookAt(w, x, image, images, top, rows, copies);
      for (let j = 0; j < w.maps; j += 8) {
        let panel = panels + bytes(j * images * places);
        for (let n = image; n < image + images; n++) {
          const slopes = dy + bytes((n * w.outHeight + top) * w.outWidth * w.maps + j);
          layPanel(slopes, bytes(w.maps), panel, places, w.maps - j);
          panel += <usize>places * PANEL_ROW;
        }
      }
      for (let piece = from; piece < to; piece++) {
        const entry = w.pieces + <usize>piece * PIECE;
        const length = load<i32>(entry, 8);
        const first = seen + load<usize>(entry);
        if (w.maps >= MANY) layWindows(w, first, images, rows, length, laid);
        for (let j = 0; j < w.maps; j += 8) {
          const panel = panels + bytes(j * images * places);
          let place = dw + load<usize>(entry, 4) + bytes(j);
          for (let row = 0; row < length; ) {
            const height = row + 4 <= length ? 4 : 1;
            if (w.maps < MANY) {
              if (height === 4) four(w, first + bytes(row), images, rows, panel, room);
              else one(w, first + bytes(row), images, rows, panel, room);
            } else {
              if (height === 4) fourRows(laid + bytes(row), 4, bytes(LINE), panel, images * places, room, PANEL_ROW);
              else oneRow(laid + bytes(row), bytes(LINE), panel, images * places, room);
            }
            finishRows(room, height, place, bytes(w.maps), w.maps - j, more, 0, 0);
            place += bytes(height * w.maps);
            row += height;
          }
        }
      }
      more = true;
    }
  }
}

/** A piece of all windows side by side, [windows, LINE]. Up to three numbers after it come along. */
function layWindows(w: Windows, seen: usize, images: i32, rows: i32, length: i32, to: usize): void {
  const step = bytes(w.strideWidth * w.channels);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      let at = windowAt(w, seen, rows, image, row, 0);
      for (let j = 0; j < w.outWidth; j++) {
        v128.store(to, v128.load(at));
        if (length > 4) v128.store(to, v128.load(at, 16), 16);
        if (length > 8) v128.store(to, v128.load(at, 32), 32);
        if (length > 12) v128.store(to, v128.load(at, 48), 48);
        at += step;
        to += bytes(LINE);
      }
    }
  }
}

function four(w: Windows, seen: usize, images: i32, rows: i32, panel: usize, tile: usize): void {
  const step = bytes(w.strideWidth * w.channels);
  let low0 = all(0);
  let low1 = all(0);
  let low2 = all(0);
  let low3 = all(0);
  let high0 = all(0);
  let high1 = all(0);
  let high2 = all(0);
  let high3 = all(0);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      let a = windowAt(w, seen, rows, image, row, 0);
      const end = panel + <usize>w.outWidth * PANEL_ROW;
      while (panel < end) {
        const low = v128.load(panel);
        const high = v128.load(panel, 16);
        const a0 = v128.load32_splat(a);
        low0 = madd(a0, low, low0);
        high0 = madd(a0, high, high0);
        const a1 = v128.load32_splat(a, 4);
        low1 = madd(a1, low, low1);
        high1 = madd(a1, high, high1);
        const a2 = v128.load32_splat(a, 8);
        low2 = madd(a2, low, low2);
        high2 = madd(a2, high, high2);
        const a3 = v128.load32_splat(a, 12);
        low3 = madd(a3, low, low3);
        high3 = madd(a3, high, high3);
        a += step;
        panel += PANEL_ROW;
      }
    }
  }
  put(tile, low0, high0);
  put(tile + 32, low1, high1);
  put(tile + 64, low2, high2);
  put(tile + 96, low3, high3);
}

function one(w: Windows, seen: usize, images: i32, rows: i32, panel: usize, tile: usize): void {
  const step = bytes(w.strideWidth * w.channels);
  let low = all(0);
  let high = all(0);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows; row++) {
      let a = windowAt(w, seen, rows, image, row, 0);
      const end = panel + <usize>w.outWidth * PANEL_ROW;
      while (panel < end) {
        const value = v128.load32_splat(a);
        low = madd(value, v128.load(panel), low);
        high = madd(value, v128.load(panel, 16), high);
        a += step;
        panel += PANEL_ROW;
      }
    }
  }
  put(tile, low, high);
}
