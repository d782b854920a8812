import { writeFile } from 'node:fs/promises';
import { defineCommand } from 'citty';
import { EXPORTS } from '@/formats';
import { inferDocument } from '@/inference';
import { fromHere, readNetwork, UnreadableError } from './read';
import { fieldsOf } from './summary';

const FORMATS = EXPORTS.map(({ id }) => id).join(', ');

export const exporting = defineCommand({
  meta: { name: 'export', description: 'Writes a network in another format.' },
  args: {
    file: { type: 'positional', description: 'A file, or gallery:NAME', required: true },
    to: { type: 'string', description: `One of ${FORMATS}`, required: true },
    out: { type: 'string', description: 'Where to; else it is printed' },
  },
  async run({ args }) {
    try {
      const format = EXPORTS.find(({ id }) => id === args.to);
      if (!format) throw new UnreadableError(`--to must be one of ${FORMATS}.`);
      const { document, notes } = await readNetwork(args.file);
      const fields = fieldsOf(document);
      const inference = inferDocument(document, fields);
      const { data } = written(() =>
        format.write({ document, inference, fields, weights: null, theme: 'light', direction: 'down' }),
      );
      for (const note of notes) console.error(`Import: ${note}`);
      if (args.out === undefined) process.stdout.write(data);
      else await writeFile(fromHere(args.out), data);
    } catch (error) {
      if (!(error instanceof UnreadableError || error instanceof UnwritableError)) throw error;
      console.error(error.message);
      process.exitCode = error instanceof UnreadableError ? 2 : 1;
    }
  },
});

/** The network has problems, so it cannot be written: like a summary's, exit code 1. */
class UnwritableError extends Error {}

function written<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new UnwritableError(error instanceof Error ? error.message : String(error));
  }
}
