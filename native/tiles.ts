/**
 * The innermost loops of all products: some rows of A meet a panel of B, which is [depth, 8], and give as many rows of
 * eight columns of C (Goto & van de Geijn 2008).
 */
import { add, all, bytes, curve, madd, putSome, some } from './vectors';

/** Steps of depth at a time, so that a panel stays in the nearest cache. */
export const DEPTH = 256;

/** Bytes of a panel's row. */
export const PANEL_ROW: usize = 32;

/** Bytes of a tile by itself: four rows of eight columns. */
export const TILE: usize = 128;

/** Bytes of a piece in a list: three whole numbers. */
export const PIECE: usize = 12;

/** Eight columns of B from its rows, the last of them filled up with zeros. @param left columns from here on */
export function layPanel(b: usize, row: usize, panel: usize, depth: i32, left: i32): void {
  if (left >= 8) {
    for (let step = 0; step < depth; step++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      b += row;
      panel += PANEL_ROW;
    }
    return;
  }
  for (let step = 0; step < depth; step++) {
    v128.store(panel, some(b, left));
    v128.store(panel, some(b + 16, left - 4), 16);
    b += row;
    panel += PANEL_ROW;
  }
}

/** The same of a matrix whose columns each lie in one piece, `column` bytes apart. */
export function layTurnedPanel(b: usize, column: usize, panel: usize, depth: i32, left: i32): void {
  layHalf(b, column, panel, depth, left);
  layHalf(b + 4 * column, column, panel + 16, depth, left - 4);
}

function layHalf(b: usize, column: usize, panel: usize, depth: i32, left: i32): void {
  let step = 0;
  if (left >= 4) {
    for (; step + 4 <= depth; step += 4) {
      const w = v128.load(b);
      const x = v128.load(b + column);
      const y = v128.load(b + 2 * column);
      const z = v128.load(b + 3 * column);
      const wx = v128.shuffle<f32>(w, x, 0, 4, 1, 5);
      const yz = v128.shuffle<f32>(y, z, 0, 4, 1, 5);
      const wx2 = v128.shuffle<f32>(w, x, 2, 6, 3, 7);
      const yz2 = v128.shuffle<f32>(y, z, 2, 6, 3, 7);
      v128.store(panel, v128.shuffle<f32>(wx, yz, 0, 1, 4, 5));
      v128.store(panel, v128.shuffle<f32>(wx, yz, 2, 3, 6, 7), 32);
      v128.store(panel, v128.shuffle<f32>(wx2, yz2, 0, 1, 4, 5), 64);
      v128.store(panel, v128.shuffle<f32>(wx2, yz2, 2, 3, 6, 7), 96);
      b += 16;
      panel += 4 * PANEL_ROW;
    }
  }
  for (; step < depth; step++) {
    for (let at = 0; at < 4; at++) {
      store<f32>(panel + bytes(at), at < left ? load<f32>(b + <usize>at * column) : 0);
    }
    b += 4;
    panel += PANEL_ROW;
  }
}

/**
 * Eight numbers of a row of C from a tile: what is there already belongs to the sum if `more`; a bias, unless its address
 * is 0, and a function (see `curve`) come last.
 * @param left columns from here on
 */
function finish(tile: usize, to: usize, left: i32, more: bool, bias: usize, kind: i32): void {
  let low = v128.load(tile);
  let high = v128.load(tile, 16);
  if (more) {
    low = add(low, some(to, left));
    high = add(high, some(to + 16, left - 4));
  }
  if (bias !== 0) {
    low = add(low, some(bias, left));
    high = add(high, some(bias + 16, left - 4));
  }
  if (kind !== 0) {
    low = curve(kind, low);
    high = curve(kind, high);
  }
  putSome(to, low, left);
  putSome(to + 16, high, left - 4);
}

/** Rows of a tile into those of C. */
export function finishRows(
  tile: usize,
  rows: i32,
  c: usize,
  cRow: usize,
  left: i32,
  more: bool,
  bias: usize,
  kind: i32,
): void {
  for (let row = 0; row < rows; row++) {
    finish(tile, c, left, more, bias, kind);
    tile += PANEL_ROW;
    c += cRow;
  }
}

/** Rows of a tile into rows of C that begin anywhere. @param spots their addresses */
export function finishSpots(
  tile: usize,
  rows: i32,
  spots: usize,
  column: usize,
  left: i32,
  more: bool,
  bias: usize,
  kind: i32,
): void {
  for (let row = 0; row < rows; row++) {
    finish(tile, load<usize>(spots) + column, left, more, bias, kind);
    tile += PANEL_ROW;
    spots += 4;
  }
}

/**
 * @param aStep bytes from one number of a row of A to the next
 * @param c four rows, `cRow` bytes apart, written over
 */
export function fourRows(a: usize, aRow: usize, aStep: usize, panel: usize, depth: i32, c: usize, cRow: usize): void {
  let low0 = all(0);
  let low1 = all(0);
  let low2 = all(0);
  let low3 = all(0);
  let high0 = all(0);
  let high1 = all(0);
  let high2 = all(0);
  let high3 = all(0);
  for (let step = 0; step < depth; step++) {
    const low = v128.load(panel);
    const high = v128.load(panel, 16);
    const a0 = v128.load32_splat(a);
    low0 = madd(a0, low, low0);
    high0 = madd(a0, high, high0);
    const a1 = v128.load32_splat(a + aRow);
    low1 = madd(a1, low, low1);
    high1 = madd(a1, high, high1);
    const a2 = v128.load32_splat(a + 2 * aRow);
    low2 = madd(a2, low, low2);
    high2 = madd(a2, high, high2);
    const a3 = v128.load32_splat(a + 3 * aRow);
    low3 = madd(a3, low, low3);
    high3 = madd(a3, high, high3);
    a += aStep;
    panel += PANEL_ROW;
  }
  put(c, low0, high0);
  put(c + cRow, low1, high1);
  put(c + 2 * cRow, low2, high2);
  put(c + 3 * cRow, low3, high3);
}

/** A row of a tile. */
export function put(to: usize, low: v128, high: v128): void {
  v128.store(to, low);
  v128.store(to, high, 16);
}

export function oneRow(a: usize, aStep: usize, panel: usize, depth: i32, c: usize): void {
  let low = all(0);
  let high = all(0);
  for (let step = 0; step < depth; step++) {
    const value = v128.load32_splat(a);
    low = madd(value, v128.load(panel), low);
    high = madd(value, v128.load(panel, 16), high);
    a += aStep;
    panel += PANEL_ROW;
  }
  put(c, low, high);
}

/**
 * Four rows of A that begin anywhere and lie in pieces, the same in all.
 * @param spots the addresses where the rows begin
 * @param pieces of each where it lies behind its row's beginning, where its part of B lies, and how long it is
 * @param tile written over
 */
export function fourSpots(spots: usize, pieces: usize, count: i32, panel: usize, tile: usize): void {
  let low0 = all(0);
  let low1 = all(0);
  let low2 = all(0);
  let low3 = all(0);
  let high0 = all(0);
  let high1 = all(0);
  let high2 = all(0);
  let high3 = all(0);
  for (let piece = 0; piece < count; piece++) {
    const behind = load<usize>(pieces);
    let at0 = load<usize>(spots) + behind;
    let at1 = load<usize>(spots, 4) + behind;
    let at2 = load<usize>(spots, 8) + behind;
    let at3 = load<usize>(spots, 12) + behind;
    const end = at0 + bytes(load<i32>(pieces, 8));
    while (at0 < end) {
      const low = v128.load(panel);
      const high = v128.load(panel, 16);
      const a0 = v128.load32_splat(at0);
      low0 = madd(a0, low, low0);
      high0 = madd(a0, high, high0);
      const a1 = v128.load32_splat(at1);
      low1 = madd(a1, low, low1);
      high1 = madd(a1, high, high1);
      const a2 = v128.load32_splat(at2);
      low2 = madd(a2, low, low2);
      high2 = madd(a2, high, high2);
      const a3 = v128.load32_splat(at3);
      low3 = madd(a3, low, low3);
      high3 = madd(a3, high, high3);
      at0 += 4;
      at1 += 4;
      at2 += 4;
      at3 += 4;
      panel += PANEL_ROW;
    }
    pieces += PIECE;
  }
  put(tile, low0, high0);
  put(tile + 32, low1, high1);
  put(tile + 64, low2, high2);
  put(tile + 96, low3, high3);
}

export function oneSpot(spot: usize, pieces: usize, count: i32, panel: usize, tile: usize): void {
  let low = all(0);
  let high = all(0);
  for (let piece = 0; piece < count; piece++) {
    let at = load<usize>(spot) + load<usize>(pieces);
    const end = at + bytes(load<i32>(pieces, 8));
    while (at < end) {
      const value = v128.load32_splat(at);
      low = madd(value, v128.load(panel), low);
      high = madd(value, v128.load(panel, 16), high);
      at += 4;
      panel += PANEL_ROW;
    }
    pieces += PIECE;
  }
  put(tile, low, high);
}
