/** The gradient of a convolution's filter: at every window, what it sees times the gradient of what it gave. */
import { finishRows, layPanel, PANEL_ROW, put, TILE } from './tiles';
import { all, bytes, madd } from './vectors';
import { bandsOf, lookAt, Windows, windowAt } from './windows';

/**
 * A unit is a tile: up to four neighbouring numbers of a window, for all maps. Tiles lie in a list of three numbers each:
 * where in a window, where in the filter (in bytes), and how many.
 * @param dw the filter's gradient
 */
export function filterGradient(plan: usize, x: usize, dy: usize, dw: usize, from: i32, to: i32, room: usize): void {
  const w = changetype<Windows>(plan);
  const bands = bandsOf(w);
  const row = bytes(w.maps);
  let more = false;
  for (let image = 0; image < w.batch; image += w.images) {
    const images = min(w.images, w.batch - image);
    for (let band = 0; band < bands; band++) {
      const top = band * w.rows;
      const rows = min(w.rows, w.outHeight - top);
      const panel = room + TILE;
      const seen = lookAt(w, x, image, images, top, rows, panel + <usize>(w.images * w.rows * w.outWidth) * PANEL_ROW);
      for (let j = 0; j < w.maps; j += 8) {
        let to8 = panel;
        for (let n = image; n < image + images; n++) {
          const places = rows * w.outWidth;
          layPanel(dy + bytes((n * w.outHeight + top) * w.outWidth * w.maps + j), row, to8, places, w.maps - j);
          to8 += <usize>places * PANEL_ROW;
        }
        for (let tile = from; tile < to; tile++) {
          const entry = w.pieces + <usize>tile * 12;
          const first = seen + load<usize>(entry);
          const place = dw + load<usize>(entry, 4) + bytes(j);
          const height = load<i32>(entry, 8);
          if (height === 4) four(w, first, images, rows, panel, room);
          else one(w, first, images, rows, panel, room);
          finishRows(room, height, place, row, w.maps - j, more, 0, 0);
        }
      }
      more = true;
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
