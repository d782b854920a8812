import { defineCommand } from 'citty';
import { DATASETS, datasetInfo, loadDataset } from '@/datasets';
import { readDataFromDisk } from '@/datasets/node';
import { setTraining, type Training } from '@/document';
import type { RunEvent } from '@/training/protocol';
import { Session } from '@/training/session';
import { readNetwork, UnreadableError } from './read';

/** A wrong argument: like an unreadable file, exit code 2. */
function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new UnreadableError(`--${name} must be a whole number of at least ${least}.`);
  return value;
}

const percent = (share: number | null): string => (share === null ? '' : `${(100 * share).toFixed(2)} %`);

/** An event as a line for people; null where it is none of their business. */
function lineFor(event: RunEvent): string | null {
  if (event.type === 'backend') return `Training on ${event.backend}.`;
  if (event.type !== 'epoch') return null;
  const { epoch, loss, accuracy, validationLoss, validationAccuracy, seconds } = event.result;
  const validation =
    validationLoss === null ? '' : `   validation: loss ${validationLoss.toFixed(4)} ${percent(validationAccuracy)}`;
  return `Epoch ${epoch}: loss ${loss.toFixed(4)} ${percent(accuracy)}${validation}   ${seconds.toFixed(1)} s`;
}

/** The same as one JSON object. */
function objectFor(event: RunEvent): object | null {
  if (event.type === 'backend') return event;
  return event.type === 'epoch' ? { type: 'epoch', ...event.result } : null;
}

function report(event: RunEvent, json: boolean): void {
  const object = json ? objectFor(event) : null;
  const line = object ? JSON.stringify(object) : json ? null : lineFor(event);
  if (line !== null) console.log(line);
}

export const train = defineCommand({
  meta: { name: 'train', description: 'Trains a network and prints how it goes.' },
  args: {
    file: { type: 'positional', description: 'A file, or gallery:NAME', required: true },
    dataset: { type: 'string', description: `One of ${DATASETS.map(({ id }) => id).join(', ')}` },
    epochs: { type: 'string', description: 'How often to go through the data' },
    seed: { type: 'string', description: 'For repeatable runs' },
    backend: { type: 'string', description: 'wasm or cpu', default: 'wasm' },
    json: { type: 'boolean', description: 'Print one JSON object a line', default: false },
  },
  async run({ args }) {
    try {
      const backend = args.backend;
      if (backend !== 'wasm' && backend !== 'cpu') throw new UnreadableError('--backend must be wasm or cpu.');
      if (args.dataset !== undefined && !datasetInfo(args.dataset)) {
        throw new UnreadableError(`--dataset must be one of ${DATASETS.map(({ id }) => id).join(', ')}.`);
      }
      const change: Partial<Training> = {};
      if (args.dataset !== undefined) change.dataset = args.dataset;
      const epochs = wholeNumber('epochs', args.epochs, 1);
      if (epochs !== undefined) change.epochs = epochs;
      const seed = wholeNumber('seed', args.seed, 0);
      if (seed !== undefined) change.seed = seed;
      const document = setTraining((await readNetwork(args.file)).document, change);
      const events: RunEvent[] = [];
      const session = new Session({
        loadData: (id) => loadDataset(id, { read: readDataFromDisk }),
        emit: (event) => {
          if (event.type === 'epoch' || event.type === 'failure') events.push(event);
          report(event, args.json);
        },
      });
      await session.start({ document, backend });
      session.dispose();
      finish(events, args.json);
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      console.error(error.message);
      process.exitCode = 2;
    }
  },
});

function finish(events: readonly RunEvent[], json: boolean): void {
  const failure = events.find((event) => event.type === 'failure');
  if (failure) {
    console.error(`${failure.message} ${failure.next}`);
    process.exitCode = 1;
    return;
  }
  const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event.result] : []));
  const last = epochs.at(-1);
  if (!last || !json) return;
  const { loss, accuracy, validationLoss, validationAccuracy } = last;
  const seconds = epochs.reduce((sum, epoch) => sum + epoch.seconds, 0);
  console.log(
    JSON.stringify({
      type: 'result',
      epochs: epochs.length,
      loss,
      accuracy,
      validationLoss,
      validationAccuracy,
      seconds,
    }),
  );
}
