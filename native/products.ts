/** Products of matrices as they lie in memory, turned or not. */
import { DEPTH, finishRows, fourRows, layPanel, layTurnedPanel, oneRow, PANEL_ROW, TILE } from './tiles';
import { bytes } from './vectors';

/** Rows of A at a time, which stay in the second cache; the same as in src/engine/native/products.ts. */
const HEIGHT = 192;

/**
 * C = φ(A·B + b) for pairs of matrices, one after the other. A unit of the work is a panel of eight columns of some rows.
 * @param a [count, M, K], or [count, K, M] where it is turned
 * @param b [count, K, N], or [count, N, K] where it is turned
 * @param c [count, M, N]
 * @param bias [N]; 0 for none
 * @param kind φ, see `curve`
 * @param room for a tile and a panel
 */
export function multiply(
  a: usize,
  b: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
  turnA: bool,
  turnB: bool,
  bias: usize,
  kind: i32,
  from: i32,
  to: i32,
  room: usize,
): void {
  const panels = (n + 7) >> 3;
  const perMatrix = panels * ((m + HEIGHT - 1) / HEIGHT);
  while (from < to) {
    const matrix = from / perMatrix;
    const block = (from % perMatrix) / panels;
    const first = from % panels;
    const last = min(panels, first + to - from);
    const top = block * HEIGHT;
    band(
      a + bytes(matrix * m * k) + bytes(turnA ? top : top * k),
      b + bytes(matrix * k * n),
      c + bytes(matrix * m * n + top * n),
      min(HEIGHT, m - top),
      m,
      k,
      n,
      turnA,
      turnB,
      bias,
      kind,
      first,
      last,
      room,
    );
    from += last - first;
  }
}

/** Some panels of some rows of C. */
function band(
  a: usize,
  b: usize,
  c: usize,
  rows: i32,
  m: i32,
  k: i32,
  n: i32,
  turnA: bool,
  turnB: bool,
  bias: usize,
  kind: i32,
  first: i32,
  last: i32,
  room: usize,
): void {
  const aRow = bytes(turnA ? 1 : k);
  const aStep = bytes(turnA ? m : 1);
  const cRow = bytes(n);
  const fours = rows & ~3;
  const tile = room;
  const panel = tile + TILE;
  for (let at = 0; at < k; at += DEPTH) {
    const depth = min(DEPTH, k - at);
    const more = at > 0;
    const whole = at + depth === k;
    const part = a + <usize>at * aStep;
    for (let j = 8 * first; j < min(n, 8 * last); j += 8) {
      if (turnB) layTurnedPanel(b + bytes(j * k + at), bytes(k), panel, depth, n - j);
      else layPanel(b + bytes(at * n + j), cRow, panel, depth, n - j);
      const shift = whole && bias !== 0 ? bias + bytes(j) : 0;
      const curve = whole ? kind : 0;
      // A whole tile that is a sum by itself needs no finishing.
      const plain = n - j >= 8 && !more && shift === 0 && curve === 0;
      let to = c + bytes(j);
      for (let i = 0; i < fours; i += 4) {
        const into = plain ? to : tile;
        const step = plain ? cRow : PANEL_ROW;
        fourRows(part + <usize>i * aRow, aRow, aStep, panel, depth, into, step);
        if (!plain) finishRows(tile, 4, to, cRow, n - j, more, shift, curve);
        to += 4 * cRow;
      }
      for (let i = fours; i < rows; i++) {
        oneRow(part + <usize>i * aRow, aStep, panel, depth, tile);
        finishRows(tile, 1, to, cRow, n - j, more, shift, curve);
        to += cRow;
      }
    }
  }
}
