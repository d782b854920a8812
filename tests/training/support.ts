/** Networks and data small enough to train in a blink, and a session that records what it tells. */
import type { Column, Dataset } from '@/datasets';
import type { NetworkDocument, Training } from '@/document';
import type { RunEvent } from '@/training/protocol';
import { Session, type SessionOptions } from '@/training/session';
import { asDocument, randomOf } from '../support/networks';

const SIDE = 4;
const CLASSES = ['top', 'bottom', 'left'];

/** Noisy pictures with one bright half: three classes that a single dense layer tells apart. */
export function pictures(train: number, test: number, kinds = 3): Dataset {
  const size = train + test;
  const random = randomOf(11);
  const pixels = new Uint8Array(size * SIDE * SIDE);
  const labels = new Uint8Array(size);
  for (let at = 0; at < size; at++) {
    const label = Math.floor(random() * kinds);
    labels[at] = label;
    for (let place = 0; place < SIDE * SIDE; place++) {
      const [row, column] = [Math.floor(place / SIDE), place % SIDE];
      const bright = label === 0 ? row < SIDE / 2 : label === 1 ? row >= SIDE / 2 : column < SIDE / 2;
      pixels[at * SIDE * SIDE + place] = Math.floor(random() * 120) + (bright ? 100 : 0);
    }
  }
  const image: Column = {
    spec: { kind: 'image', shape: [SIDE, SIDE, 1], dtype: 'float32' },
    data: pixels,
    scale: 1 / 255,
  };
  const label: Column = {
    spec: { kind: 'class', shape: [], dtype: 'int32', classes: CLASSES.slice(0, kinds) },
    data: labels,
    scale: 1,
  };
  return {
    info: {
      id: 'pictures',
      title: 'Pictures',
      summary: '',
      fields: { image: image.spec, label: label.spec },
      samples: { train, test },
      bytes: 0,
      licence: { name: '', url: '' },
      source: { title: '', url: '' },
    },
    size,
    columns: { image, label },
  };
}

const QUICK = [{ optimizer: { type: 'adam', learningRate: 0.03 } }];

/** Convolution, dropout, normalisation and a dense layer, all that has state or chance. */
export const network = (training: Partial<Training> = {}): NetworkDocument =>
  asDocument(
    {
      image: { type: 'input', params: { field: 'image', shape: [SIDE, SIDE, 1] } },
      conv: { type: 'conv2d', params: { filters: 4, padding: 'same', activation: 'relu' } },
      norm: { type: 'batchNormalization', params: { momentum: 0.5 } },
      flatten: { type: 'flatten' },
      drop: { type: 'dropout', params: { rate: 0.2 } },
      dense: { type: 'dense', params: { units: 3, activation: 'softmax' } },
      loss: { type: 'crossEntropy', params: { target: 'label' } },
    },
    ['image', 'conv', 'norm', 'flatten', 'drop', 'dense', 'loss'].flatMap((id, at, ids) => {
      const from = ids[at - 1];
      return from === undefined
        ? []
        : [{ from: [from, 'out'] as [string, string], to: [id, 'in'] as [string, string] }];
    }),
    { dataset: 'pictures', batchSize: 32, epochs: 3, phases: QUICK, ...training },
  );

export const sgd = (learningRate: number): Training['phases'] => [
  { minimise: 'all', train: 'all', optimizer: { type: 'sgd', learningRate, momentum: 0, nesterov: false } },
];

/** A session over the pictures, with the events it told; `on` answers them. */
export function recorded(
  options: Partial<SessionOptions> & { on?: (event: RunEvent, session: Session) => void; dataset?: Dataset } = {},
): { session: Session; events: RunEvent[] } {
  const events: RunEvent[] = [];
  const { on, dataset = pictures(100, 40), ...rest } = options;
  const session: Session = new Session({
    loadData: async () => dataset,
    candidates: ['wasm', 'cpu'],
    ...rest,
    emit(event) {
      events.push(event);
      on?.(event, session);
    },
  });
  return { session, events };
}

type Told<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

export const told = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T): Told<T>[] =>
  events.filter((event): event is Told<T> => event.type === type);

export const statuses = (events: readonly RunEvent[]): string[] => told(events, 'status').map(({ status }) => status);

export const points = (events: readonly RunEvent[]) => told(events, 'steps').flatMap((event) => event.points);
