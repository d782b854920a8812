import type { Point } from '../edits';
import type { Detour } from './detours';

/** How far from its beginning a long wire bears its label; twice that where labels lie along the wire. */
const LABEL_WITHIN = 104;

/**
 * The way around the cards between two ports, as skip connections are drawn in papers: out to the side, along, and
 * back in; or along the column of one end.
 * @returns the SVG path and where its label goes: not far from its beginning, since skips within each other have
 * the same middle
 */
export function detourPath(
  [sx, sy]: Point,
  [tx, ty]: Point,
  detour: Detour,
  down: boolean,
): [path: string, labelX: number, labelY: number] {
  const turn = Math.min(48, (down ? ty - sy : tx - sx) / 4);
  if (down) {
    const x = laneOf(sx, tx, detour);
    const path = `M${sx},${sy} C${sx},${sy + turn} ${x},${sy} ${x},${sy + turn * 1.5} L${x},${ty - turn * 1.5} C${x},${ty} ${tx},${ty - turn} ${tx},${ty}`;
    return [path, x, sy + Math.min((ty - sy) / 2, LABEL_WITHIN)];
  }
  const y = laneOf(sy, ty, detour);
  const path = `M${sx},${sy} C${sx + turn},${sy} ${sx},${y} ${sx + turn * 1.5},${y} L${tx - turn * 1.5},${y} C${tx},${y} ${tx - turn},${ty} ${tx},${ty}`;
  return [path, sx + Math.min((tx - sx) / 2, 2 * LABEL_WITHIN), y];
}

function laneOf(source: number, target: number, detour: Detour): number {
  if (detour === 'source') return source;
  return detour === 'target' ? target : Math.max(source, target) + detour;
}
