import type { Point } from '@/document';

/**
 * The way around the cards between two ports, as skip connections are drawn in papers: out to the side, along, and
 * back in.
 * @returns the SVG path and where its label goes
 */
export function detourPath(
  [sx, sy]: Point,
  [tx, ty]: Point,
  reach: number,
  down: boolean,
): [path: string, labelX: number, labelY: number] {
  const turn = Math.min(48, (down ? ty - sy : tx - sx) / 4);
  if (down) {
    const x = Math.max(sx, tx) + reach;
    const path = `M${sx},${sy} C${sx},${sy + turn} ${x},${sy} ${x},${sy + turn * 1.5} L${x},${ty - turn * 1.5} C${x},${ty} ${tx},${ty - turn} ${tx},${ty}`;
    return [path, x, (sy + ty) / 2];
  }
  const y = Math.max(sy, ty) + reach;
  const path = `M${sx},${sy} C${sx + turn},${sy} ${sx},${y} ${sx + turn * 1.5},${y} L${tx - turn * 1.5},${y} C${tx},${y} ${tx - turn},${ty} ${tx},${ty}`;
  return [path, (sx + tx) / 2, y];
}
