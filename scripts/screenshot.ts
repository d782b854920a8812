/**
 * Pictures of the running app for the README: `npm run screenshot` makes docs/screenshot.png and, dark,
 * docs/screenshot-dark.png. Builds and serves the app, opens it as a first visitor does, and trains for a while.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from './support/browser.mjs';
import { ensureBuilt, ROOT } from './support/project.mjs';

const SIZE = { width: 1440, height: 900 };
/** How long to train: charts need a few points to be worth a picture. */
const TRAINING_MS = 20_000;

const PICTURES = [
  { colorScheme: 'light', file: 'docs/screenshot.png' },
  { colorScheme: 'dark', file: 'docs/screenshot-dark.png' },
] as const;

ensureBuilt();
const executablePath = await findBrowser();
if (executablePath === undefined) process.exit(1);

const server = await preview({ root: ROOT, logLevel: 'error', preview: { port: 4373 } });
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4373/';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  mkdirSync(join(ROOT, 'docs'), { recursive: true });
  for (const picture of PICTURES) await take(browser, picture);
} finally {
  await browser.close();
  await server.close();
}

async function take(browser: Browser, { colorScheme, file }: (typeof PICTURES)[number]): Promise<void> {
  // A new context each time: a first visit, whatever the last one left in storage.
  const context = await browser.newContext({ viewport: SIZE, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('application').first().waitFor();
  await train(page);
  await page.screenshot({ path: join(ROOT, file) });
  await context.close();
  console.log(`Wrote ${file}`);
}

/** Presses Train, as a person would. A picture of the untrained network is better than none. */
async function train(page: Page): Promise<void> {
  try {
    await page
      .getByRole('button', { name: /^train/i })
      .first()
      .click({ timeout: 5_000 });
    await page.waitForTimeout(TRAINING_MS);
  } catch {
    console.warn('No button to train with was found; the picture shows the network as it opens.');
  }
}
