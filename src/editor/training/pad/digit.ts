/** From ink on a pad to what the network was trained on. */

/** Darkness 0..1 of each pixel, row by row. */
export interface Ink {
  width: number;
  height: number;
  values: Float32Array;
}

interface Extent {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Centre of mass. */
  x: number;
  y: number;
}

/** Ink fainter than this is none. */
const FAINT = 0.05;

function extentOf({ width, values }: Ink): Extent | null {
  const extent = { left: Number.POSITIVE_INFINITY, top: Number.POSITIVE_INFINITY, right: 0, bottom: 0 };
  let mass = 0;
  let x = 0;
  let y = 0;
  values.forEach((value, index) => {
    if (value < FAINT) return;
    const column = index % width;
    const row = (index - column) / width;
    extent.left = Math.min(extent.left, column);
    extent.right = Math.max(extent.right, column + 1);
    extent.top = Math.min(extent.top, row);
    extent.bottom = Math.max(extent.bottom, row + 1);
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
  });
  return mass === 0 ? null : { ...extent, x: x / mass, y: y / mass };
}

/**
 * Prepares a drawing as MNIST was prepared: the digit is scaled to fit 20×20 of the 28×28 pixels and its centre
 * of mass is put in the middle. Small pictures (8×8) are filled to their edges, as the digits of UCI are.
 * Each pixel is the mean darkness of the area it covers. Null for an empty pad.
 */
export function digitFromInk(ink: Ink, target: { width: number; height: number }): Float32Array | null {
  const extent = extentOf(ink);
  if (!extent) return null;
  const large = Math.min(target.width, target.height) >= 16;
  const share = large ? 20 / 28 : 1;
  const scale = Math.min(
    (share * target.width) / (extent.right - extent.left),
    (share * target.height) / (extent.bottom - extent.top),
  );
  const centre = large
    ? { x: extent.x, y: extent.y }
    : { x: (extent.left + extent.right) / 2, y: (extent.top + extent.bottom) / 2 };
  const toSource = (at: number, middle: number, from: number): number => from + (at - middle) / scale;
  const result = new Float32Array(target.width * target.height);
  for (let row = 0; row < target.height; row++) {
    for (let column = 0; column < target.width; column++) {
      result[row * target.width + column] = meanDarkness(ink, {
        left: toSource(column, target.width / 2, centre.x),
        right: toSource(column + 1, target.width / 2, centre.x),
        top: toSource(row, target.height / 2, centre.y),
        bottom: toSource(row + 1, target.height / 2, centre.y),
      });
    }
  }
  return result;
}

/** Pixels at the edge of the area count by the part of them that lies in it; outside the pad there is no ink. */
function meanDarkness(
  { width, height, values }: Ink,
  area: { left: number; top: number; right: number; bottom: number },
): number {
  let sum = 0;
  for (let row = Math.max(0, Math.floor(area.top)); row < Math.min(height, Math.ceil(area.bottom)); row++) {
    const tall = Math.min(row + 1, area.bottom) - Math.max(row, area.top);
    for (let column = Math.max(0, Math.floor(area.left)); column < Math.min(width, Math.ceil(area.right)); column++) {
      const wide = Math.min(column + 1, area.right) - Math.max(column, area.left);
      sum += (values[row * width + column] ?? 0) * wide * tall;
    }
  }
  return Math.min(1, sum / ((area.right - area.left) * (area.bottom - area.top)));
}
