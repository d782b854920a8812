/**
 * `npm start`: everything from a fresh clone to the running app.
 *
 *   npm start                     installs and builds what is missing, serves on a free port from 4173 on
 *   npm start -- --port 8080      on this port, or not at all
 *   npm start -- --open           and opens it in the browser
 */
import util from 'node:util';
import { ensureBuilt, ensureInstalled, fail, ROOT, requireNode } from './support/project.mjs';

const FIRST_PORT = 4173;

requireNode();
const { port, open } = readArguments();
ensureInstalled();
ensureBuilt();

const { preview } = await import('vite');
const server = await preview({
  root: ROOT,
  logLevel: 'error',
  preview: { port: port ?? FIRST_PORT, strictPort: port !== undefined, open },
}).catch((error) => fail(`The app could not be served: ${error.message}`));

console.log(`Tensorloom is running at ${server.resolvedUrls?.local[0]} (Ctrl+C stops it)`);

function readArguments() {
  try {
    // Not imported by name: an old Node without it should be told so, and not stop at the import.
    const { values } = util.parseArgs({
      options: { port: { type: 'string' }, open: { type: 'boolean', default: false } },
    });
    const number = values.port === undefined ? undefined : Number(values.port);
    if (number !== undefined && !(Number.isInteger(number) && number > 0 && number < 65_536)) {
      throw new Error(`--port needs a number from 1 to 65535, not “${values.port}”.`);
    }
    return { port: number, open: values.open };
  } catch (error) {
    return fail(`${error.message}\nUsage: npm start -- [--port NUMBER] [--open]`);
  }
}
