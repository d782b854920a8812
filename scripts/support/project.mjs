/**
 * Getting the project ready to run: the right Node, its packages, its build.
 *
 * Plain JavaScript without dependencies, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const OLDEST_NODE = [20, 19];
const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');
/** Remembers which lock file was installed, since a checkout changes its time but not its content. */
const STAMP = join(ROOT, 'node_modules/.tensorloom-lock');
const BUILT = join(ROOT, 'dist/index.html');
const BUILT_FROM = ['src', 'public', 'index.html', 'package-lock.json', 'vite.config.ts'];

/** Ends the program with a sentence that says what is wrong and what to do. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    fail(`Tensorloom needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.`);
  }
}

/** Runs a program of node_modules, such as `vite/bin/vite.js`, with this Node. Returns its exit code. */
export function runTool(script, args, options = {}) {
  return run(process.execPath, [join(ROOT, 'node_modules', script), ...args], options);
}

/**
 * Imports a TypeScript module of the project by its path, with the aliases of tsconfig.json, into this process.
 * Starting a second one would cost more than most commands take.
 */
export async function importTypeScript(path) {
  const { register } = await import('tsx/esm/api');
  register({ tsconfig: join(ROOT, 'tsconfig.json') });
  return await import(pathToFileURL(join(ROOT, path)).href);
}

/** Runs a program in the project's folder and lets it write to this terminal. Returns its exit code. */
export function run(command, args, { env = {}, stdio = ['ignore', 'inherit', 'inherit'] } = {}) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
  if (error) console.error(error.message);
  return status ?? 1;
}

/** Installs the packages if they are missing or another lock file was installed; says so through `say`. */
export function ensureInstalled(say = console.log) {
  if (isInstalled()) return;
  say('Installing packages (once, about a minute) …');
  // All of npm's words go to stderr: a command's own output must stay clean.
  const stdio = ['ignore', 2, 2];
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm(['ci', ...options], stdio) !== 0) {
    say('npm ci did not work; trying npm install …');
    if (npm(['install', ...options], stdio) !== 0) {
      fail('The packages could not be installed; npm says above why. Try `npm install`, then this command again.');
    }
  }
  writeFileSync(STAMP, lockHash());
}

function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  if (statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return true;
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockHash();
}

const lockHash = () => createHash('sha256').update(readFileSync(LOCK)).digest('hex');

/** Runs the npm that started this program, or the one on the path. */
function npm(args, stdio) {
  const started = process.env.npm_execpath;
  if (started?.endsWith('.js')) return run(process.execPath, [started, ...args], { stdio });
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { stdio });
}

/** Builds the app if that has not been done since its sources changed; says so through `say`. */
export function ensureBuilt(say = console.log) {
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= Math.max(...BUILT_FROM.map(newest))) return;
  say('Building the app …');
  if (runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn']) !== 0) fail('The build failed; see above.');
}

/** When a file, or anything in a folder, last changed. A folder's own time tells of deleted files. */
function newest(path) {
  const times = [
    path,
    ...(isFolder(path) ? readdirSync(join(ROOT, path), { recursive: true }).map((name) => join(path, name)) : []),
  ];
  return Math.max(...times.map((name) => statSync(join(ROOT, name)).mtimeMs));
}

const isFolder = (path) => statSync(join(ROOT, path)).isDirectory();
