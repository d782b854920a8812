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

/** One line for people, or one JSON object. */
function report(event: RunEvent, json: boolean): void {
  if (event.type === 'epoch') {
    const { result } = event;
    if (json) return console.log(JSON.stringify({ type: 'epoch', ...result }));
    const validation =
      result.validationLoss === null
        ? ''
        : `   validation: loss ${result.validationLoss.toFixed(4)} ${percent(result.validationAccuracy)}`;
    console.log(
      `Epoch ${result.epoch}: loss ${result.loss.toFixed(4)} ${percent(result.accuracy)}${validation}   ${result.seconds.toFixed(1)} s`,
    );
  } else if (event.type === 'backend') {
    if (json) console.log(JSON.stringify(event));
    else console.log(`Training on ${event.backend}.`);
  }
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
      const document = setTraining(await readNetwork(args.file), change);
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
