/** The sizes that everything on the canvas agrees on, in canvas pixels. */
import type { Point } from '@/document';

export type Direction = 'down' | 'right';

/** Every card has this size, so that nothing has to be measured. */
export const CARD = { width: 216, height: 72 } as const;

/** From one card to the next along the flow and across it; as the gallery lays out its networks. */
export const PITCH = { down: { along: 130, across: 280 }, right: { along: 280, across: 112 } } as const;

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
