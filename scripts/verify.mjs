/**
 * `npm run verify`: proves the exports in the real frameworks. Python with Keras is taken from VERIFY_PYTHON, or
 * installed once into node_modules/.cache; where it cannot be installed, that is said and nothing is proved.
 *
 * The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, ROOT, requireNode, runTool } from './support/project.mjs';

requireNode();
ensureInstalled();

const REQUIREMENTS = join(ROOT, 'tests/verify/requirements.txt');
const HOME = join(ROOT, 'node_modules/.cache/verify');
const STAMP = join(HOME, 'requirements.txt');
const python = process.env.VERIFY_PYTHON ?? ownPython();
if (python === null) {
  console.log('Keras could not be installed here, so nothing was proved in it.\n\n0 passed, 0 failed');
  process.exit(0);
}

const reports = mkdtempSync(join(tmpdir(), 'tensorloom-verify-'));
const file = join(reports, 'verify.json');
const code = runTool(
  'vitest/vitest.mjs',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  {
    env: { VERIFY: '1', VERIFY_PYTHON: python },
  },
);
const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
rmSync(reports, { recursive: true });
// Where setting up failed, no test did; that is a failure all the same.
const failed = code !== 0 && result.numFailedTests === 0 ? 1 : result.numFailedTests;
console.log(`\n${result.numPassedTests} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The Python of this project's own environment, made where it is missing or out of date; null where it cannot be. */
function ownPython() {
  const own = join(HOME, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return own;
  console.log('Installing Keras and TensorFlow for Python (once, about a minute) …');
  const base = process.platform === 'win32' ? 'python' : 'python3';
  const options = { stdio: ['ignore', 'inherit', 'inherit'] };
  if (spawnSync(base, ['-m', 'venv', HOME], options).status !== 0) return null;
  if (spawnSync(own, ['-m', 'pip', 'install', '--quiet', '-r', REQUIREMENTS], options).status !== 0) return null;
  writeFileSync(STAMP, wanted);
  return own;
}
