/** The command line: the same core as the app's, in a shell. */
import { defineCommand, runMain } from 'citty';
import { summary } from './summary';
import { train } from './train';

const main = defineCommand({
  meta: { name: 'tensorloom', description: 'Summarise and train networks drawn in Tensorloom.' },
  subCommands: { summary, train },
});

await runMain(main);
