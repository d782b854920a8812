/** Five hundred layers in twenty columns: the same figure for the app and for the bare page. */
const COLUMNS = 20;
const ROWS = 25;
const PITCH = { x: 280, y: 130 };

const KINDS = [
  { type: 'conv2d', params: { filters: 4, padding: 'same' } },
  { type: 'batchNormalization' },
  { type: 'activation', params: { function: 'relu' } },
] as const;

const ids = Array.from({ length: COLUMNS * ROWS }, (_, at) => `n${at}`);

/** Down one column and up the next, so that wires stay short. */
const placeOf = (at: number): [number, number] => {
  const column = Math.floor(at / ROWS);
  const row = column % 2 === 0 ? at % ROWS : ROWS - 1 - (at % ROWS);
  return [column * PITCH.x, row * PITCH.y];
};

export const cards = ids.map((id, at) => ({ id, at: placeOf(at) }));

export const wires = ids.slice(1).map((to, at) => ({ from: ids[at] ?? '', to }));

/** As a document to paste. */
export const networkText = (): string =>
  JSON.stringify({
    format: 'tensorloom',
    version: 1,
    name: 'Five hundred',
    graph: {
      nodes: Object.fromEntries(
        cards.map(({ id, at }, index) => [
          id,
          index === 0
            ? { type: 'input', params: { shape: [8, 8, 4] }, at }
            : { ...KINDS[(index - 1) % KINDS.length], at },
        ]),
      ),
      edges: wires.map(({ from, to }) => ({ from: [from, 'out'], to: [to, 'in'] })),
    },
  });
