/** What the first visit costs: bytes over the wire and time until the canvas answers. */
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';

const ROUNDS = 5;

const bench = {
  title: 'First load',
  async run() {
    await build({ logLevel: 'error' });
    const server = await preview({ preview: { port: 4190 }, logLevel: 'error' });
    const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4190/';
    const path = process.env.TENSORLOOM_CHROMIUM;
    const browser = await chromium.launch({
      ...(path !== undefined && { executablePath: path }),
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    try {
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
      times.sort((a, b) => a - b);
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
          row('until layers show and Train answers (median of 5)', `${(times[2] ?? 0).toFixed(0)} ms`),
        ].join('\n'),
        notes: [
          'The training worker with TensorFlow.js is loaded by the first press of Train, and is not part of this.',
        ],
      };
    } finally {
      await browser.close();
      await server.close();
    }
  },
};

export default bench;
