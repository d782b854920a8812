/**
 * `npm run -s cli -- …`: the command line. Installs the packages if that has not been done, then runs
 * src/cli/main.ts in this same process, which starts faster than a second one.
 *
 * Only the command itself writes to stdout.
 */
import { join } from 'node:path';
import { ensureInstalled, importTypeScript, ROOT, requireNode } from './support/project.mjs';

const MAIN = 'src/cli/main.ts';

requireNode();
ensureInstalled(console.error);

// npm changes to the project's folder; relative paths start from where the person stands.
if (process.env.npm_lifecycle_event === 'cli' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

process.argv[1] = join(ROOT, MAIN);
await importTypeScript(MAIN);
