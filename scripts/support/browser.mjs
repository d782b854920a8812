/** Finding a browser for the browser tests, or installing one. Says what it does. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, runTool } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The path of a Chromium that starts: the one named in TENSORLOOM_CHROMIUM, Playwright's own, the system's,
 * or a newly installed one. `undefined` where none can be had.
 */
export async function findBrowser(say = console.log) {
  const named = process.env.TENSORLOOM_CHROMIUM;
  if (named && !starts(named)) say(`TENSORLOOM_CHROMIUM is ${named}, which does not start; looking for another.`);

  const found = [named, await playwrightsOwn(), ...onThePath(), ...MAC].find(starts);
  if (found !== undefined) {
    say(`Browser: ${found}`);
    return found;
  }
  return (await install(say)) ?? undefined;
}

async function install(say) {
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('No browser found. Installing the package chromium with apt-get …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-qq'], { env });
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
    const installed = onThePath().find(starts);
    if (installed !== undefined) return installed;
  }
  say('No browser found. Installing Playwright’s Chromium …');
  runTool('playwright/cli.js', ['install', 'chromium']);
  const own = await playwrightsOwn();
  if (starts(own)) return own;
  say('No browser could be installed. Install Chromium or Chrome, or name one in TENSORLOOM_CHROMIUM.');
  return undefined;
}

/** Where Playwright would keep its Chromium; it may not be there. */
async function playwrightsOwn() {
  const { chromium } = await import('playwright-core');
  return chromium.executablePath();
}

const onThePath = () =>
  NAMES.flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)));

/** A browser without the libraries it needs is there, but does not start. */
const starts = (path) =>
  path !== undefined &&
  existsSync(path) &&
  spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
