/** What the first visit costs: bytes over the wire, time until the canvas answers, and until learning is seen. */
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { median, withApp } from './app';

const ROUNDS = 5;

/** From the press of Train on LeNet-5 until the chart has its first point: the first of them with nothing cached. */
async function untilFirstPoint(browser: Browser, address: string): Promise<number[]> {
  const context = await browser.newContext();
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const page = await context.newPage();
    await page.goto(address);
    await page.getByText('Conv2D').first().waitFor();
    await page.waitForLoadState('networkidle');
    const began = performance.now();
    await page.getByRole('banner').getByRole('button', { name: 'Train' }).click();
    await page.locator('.recharts-line-dot, .recharts-line-curve').first().waitFor({ state: 'attached' });
    times.push(performance.now() - began);
    await page.close();
  }
  await context.close();
  return times;
}

const bench = {
  title: 'First load',
  run: () =>
    withApp(async (browser, address) => {
      const times: number[] = [];
      let sizes: [string, number][] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const page = await browser.newPage();
        const bodies: Promise<[string, number]>[] = [];
        page.on('response', (response) => {
          const kind = response.request().resourceType();
          if (kind !== 'script' && kind !== 'stylesheet' && kind !== 'document') return;
          bodies.push(response.body().then((body) => [kind, gzipSync(body).length] as [string, number]));
        });
        const began = performance.now();
        await page.goto(address);
        await page
          .getByRole('button', { name: /^Train/ })
          .first()
          .waitFor();
        await page.getByText('Conv2D').first().waitFor();
        times.push(performance.now() - began);
        sizes = await Promise.all(bodies);
        await page.close();
      }
      const [cold = Number.NaN, ...warm] = await untilFirstPoint(browser, address);
      const total = (kind: string): number =>
        sizes.reduce((sum, [of, size]) => (of === kind ? sum + size : sum), 0) / 1024;
      const row = (name: string, value: string): string => `| ${name} | ${value} |`;
      return {
        table: [
          '| first visit | |',
          '| --- | ---: |',
          row('scripts, gzipped', `${total('script').toFixed(0)} KB`),
          row('styles, gzipped', `${total('stylesheet').toFixed(0)} KB`),
          row('page, gzipped', `${total('document').toFixed(1)} KB`),
          row('until layers show and Train answers (median of 5)', `${median(times).toFixed(0)} ms`),
          row('from Train to the first point on the chart, LeNet-5, nothing cached', `${cold.toFixed(0)} ms`),
          row('the same on later visits (median of 5)', `${median(warm).toFixed(0)} ms`),
        ].join('\n'),
        notes: [
          'The training worker with TensorFlow.js is loaded by the first press of Train, and is not part of the first visit.',
        ],
      };
    }),
};

export default bench;
