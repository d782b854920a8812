/** The command line: the same core as the app's, in a shell. */
import { defineCommand, runMain } from 'citty';
import { exporting } from './export';
import { summary } from './summary';
import { train } from './train';

const main = defineCommand({
  meta: { name: 'tensorloom', description: 'Summarise, train and convert networks drawn in Tensorloom or Keras.' },
  subCommands: { summary, train, export: exporting },
});

await runMain(main);
