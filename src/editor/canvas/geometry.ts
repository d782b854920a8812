/** Places on the canvas, in its pixels. */
import { CARD, type Direction, PITCH, type Point } from '@/document';

export { CARD, type Direction, PITCH } from '@/document';

/** The point `along` steps further with the flow and `across` steps beside it. */
export function step([x, y]: Point, direction: Direction, along: number, across = 0): Point {
  const pitch = PITCH[direction];
  return direction === 'down'
    ? [x + across * pitch.across, y + along * pitch.along]
    : [x + along * pitch.along, y + across * pitch.across];
}

/** Whether two cards would touch, with a little air between them. */
export const overlaps = (a: Point, b: Point, air = 8): boolean =>
  Math.abs(a[0] - b[0]) < CARD.width + air && Math.abs(a[1] - b[1]) < CARD.height + air;

/** The corner of a card around a point. */
export const around = ([x, y]: Point): Point => [Math.round(x - CARD.width / 2), Math.round(y - CARD.height / 2)];
