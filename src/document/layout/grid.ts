/** The sizes that everything that lays out a network agrees on, in canvas pixels. */

export type Direction = 'down' | 'right';

/** Which coordinate goes with the flow. */
export const AXES = { down: { along: 1, across: 0 }, right: { along: 0, across: 1 } } as const;

/** Every card has this size, so that nothing has to be measured. */
export const CARD = { width: 216, height: 72 } as const;

/** From one card to the next along the flow and across it; as the gallery lays out its networks. */
export const PITCH = { down: { along: 130, across: 280 }, right: { along: 280, across: 112 } } as const;
