/**
 * Convolutions as products: a window is a row of A, in the pieces in which it lies in the image, so nothing is copied
 * but what windows reach beyond an image.
 */
import { DEPTH, finishSpots, fourSpots, layPanel, layTurnedPanel, oneSpot, PANEL_ROW, PIECE, TILE } from './tiles';
import { bytes } from './vectors';
import { bandsOf, lookAt, Windows, windowAt } from './windows';

/**
 * Lays a filter out in panels of eight maps, piece by piece. A unit is a panel.
 * @param turn 0 where a piece of the filter is [length, maps]; where it is [maps, length], the numbers from map to map
 */
export function layFilter(
  plan: usize,
  filter: usize,
  panels: usize,
  turn: i32,
  from: i32,
  to: i32,
  _room: usize,
): void {
  const w = changetype<Windows>(plan);
  for (let j = 8 * from; j < min(w.maps, 8 * to); j += 8) {
    let panel = panels + bytes(j * w.depth);
    let piece = w.pieces;
    for (let at = 0; at < w.count; at++) {
      const length = load<i32>(piece, 8);
      const part = filter + load<usize>(piece, 4);
      if (turn > 0) layTurnedPanel(part + bytes(j * turn), bytes(turn), panel, length, w.maps - j);
      else layPanel(part + bytes(j), bytes(w.maps), panel, length, w.maps - j);
      panel += <usize>length * PANEL_ROW;
      piece += PIECE;
    }
  }
}

/**
 * y = φ(x ⋆ filter + b). A unit is a band of an image, or some small images.
 * @param panels what `layFilter` made
 * @param bias 0 for none
 * @param kind φ, see `curve`
 */
export function convolve(
  plan: usize,
  x: usize,
  panels: usize,
  y: usize,
  bias: usize,
  kind: i32,
  from: i32,
  to: i32,
  room: usize,
): void {
  const w = changetype<Windows>(plan);
  const bands = bandsOf(w);
  for (let unit = from; unit < to; unit++) {
    const image = (unit / bands) * w.images;
    const row = (unit % bands) * w.rows;
    const images = min(w.images, w.batch - image);
    const rows = min(w.rows, w.outHeight - row);
    const most = bytes(w.images * w.rows * w.outWidth);
    const spots = room + TILE;
    const toSpots = spots + most;
    const seen = lookAt(w, x, image, images, row, rows, toSpots + most);
    findSpots(w, seen, y, image, images, row, rows, spots, toSpots);
    fill(w, panels, images * rows * w.outWidth, room, spots, toSpots, bias, kind);
  }
}

/** Where windows and their results lie. */
function findSpots(
  w: Windows,
  seen: usize,
  y: usize,
  image: i32,
  images: i32,
  row: i32,
  rows: i32,
  spots: usize,
  toSpots: usize,
): void {
  for (let n = 0; n < images; n++) {
    for (let i = 0; i < rows; i++) {
      let from = windowAt(w, seen, rows, n, i, 0);
      let to = y + <usize>(image + n) * w.yImage + <usize>(row + i) * w.yRow;
      for (let j = 0; j < w.outWidth; j++) {
        store<usize>(spots, from);
        store<usize>(toSpots, to);
        spots += 4;
        toSpots += 4;
        from += bytes(w.strideWidth * w.channels);
        to += w.yStep;
      }
    }
  }
}

/** Meets all panels with all windows of a band. */
function fill(
  w: Windows,
  panels: usize,
  count: i32,
  tile: usize,
  spots: usize,
  toSpots: usize,
  bias: usize,
  kind: i32,
): void {
  let first = 0;
  let before = 0;
  while (first < w.count) {
    // As many pieces as a panel in the nearest cache holds.
    const pieces = w.pieces + <usize>first * PIECE;
    let last = first;
    let depth = 0;
    while (last < w.count && (last === first || depth + load<i32>(w.pieces + <usize>last * PIECE, 8) <= DEPTH)) {
      depth += load<i32>(w.pieces + <usize>last * PIECE, 8);
      last++;
    }
    const whole = last === w.count;
    const curve = whole ? kind : 0;
    const more = first > 0;
    for (let j = 0; j < w.maps; j += 8) {
      const panel = panels + bytes(j * w.depth) + <usize>before * PANEL_ROW;
      const shift = whole && bias !== 0 ? bias + bytes(j) : 0;
      for (let spot = 0; spot < count; ) {
        const at = bytes(spot);
        const rows = spot + 4 <= count ? 4 : 1;
        if (rows === 4) fourSpots(spots + at, pieces, last - first, panel, tile);
        else oneSpot(spots + at, pieces, last - first, panel, tile);
        finishSpots(tile, rows, toSpots + at, bytes(j), w.maps - j, more, shift, curve);
        spot += rows;
      }
    }
    first = last;
    before += depth;
  }
}
