/** The app as it is published, in a browser: what most benchmarks look at. */
import { type Browser, chromium } from '@playwright/test';
import { build, preview } from 'vite';

/** Builds and serves the app, and closes all behind what uses it. */
export async function withApp<T>(use: (browser: Browser, address: string) => Promise<T>): Promise<T> {
  await build({ logLevel: 'error' });
  const server = await preview({ preview: { port: 4190 }, logLevel: 'error' });
  const path = process.env.TENSORLOOM_CHROMIUM;
  const browser = await chromium.launch({
    ...(path !== undefined && { executablePath: path }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    return await use(browser, server.resolvedUrls?.local[0] ?? 'http://localhost:4190/');
  } finally {
    await browser.close();
    await server.close();
  }
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
