/**
 * `npm test`: every check there is, from a fresh clone on: types, lint, dead code, unit tests, the build, and
 * tests in a real browser. Installs what is missing and says so. Goes on after a failure, so that all is seen.
 *
 * The last line is `N passed, N failed`: a check counts as one, and so does every single test.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from './support/browser.mjs';
import { ensureInstalled, requireNode, runTool } from './support/project.mjs';

requireNode();
ensureInstalled();

const reports = mkdtempSync(join(tmpdir(), 'tensorloom-test-'));
const results = [];

await step('types', () => check(runTool('typescript/bin/tsc', ['--noEmit'])));
await step('lint and format', () => check(runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])));
await step('dead code', () => check(runTool('knip/bin/knip.js', [])));
await step('unit tests', unitTests);
await step('build', () => check(runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'])));
await step('browser tests', browserTests);

rmSync(reports, { recursive: true });
report();

/** Runs one step and notes what it counted and how long it took. */
async function step(name, work) {
  console.log(`\n▶ ${name}`);
  const start = performance.now();
  const counts = await work();
  results.push({ name, seconds: (performance.now() - start) / 1000, ...counts });
}

function check(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function unitTests() {
  const file = join(reports, 'unit.json');
  const exitCode = runTool('vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const result = readReport(file);
  if (result === undefined) return check(1);
  // A file that cannot even be loaded holds no test, and still is a failure.
  const broken = result.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return counted(exitCode, {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  });
}

async function browserTests() {
  const browser = await findBrowser();
  if (browser === undefined) return check(1);
  const file = join(reports, 'browser.json');
  const exitCode = runTool('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    env: { TENSORLOOM_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  });
  const result = readReport(file);
  if (result === undefined) return check(1);
  const { expected, flaky, unexpected, skipped } = result.stats;
  return counted(exitCode, { passed: expected + flaky, failed: unexpected, skipped });
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** A tool that fails without a failed test (an error outside of any) has failed once. */
function counted(exitCode, counts) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function report() {
  const total = { name: 'total', seconds: 0, passed: 0, failed: 0, skipped: 0 };
  for (const result of results) {
    for (const key of ['seconds', 'passed', 'failed', 'skipped']) total[key] += result[key];
  }

  console.log(
    `\n${'check'.padEnd(18)}${['passed', 'failed', 'skipped', 'seconds'].map((title) => title.padStart(9)).join('')}`,
  );
  for (const { name, passed, failed, skipped, seconds } of [...results, total]) {
    const cells = [passed, failed, skipped, seconds.toFixed(1)].map((cell) => String(cell).padStart(9));
    console.log(`${name.padEnd(18)}${cells.join('')}`);
  }
  console.log(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
  );
  process.exitCode = total.failed === 0 ? 0 : 1;
}
