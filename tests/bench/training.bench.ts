/** A training step of LeNet-5 at batch 64: ours on WebAssembly beside stock tfjs, in one browser. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { build, preview } from 'vite';
import type { Measured } from './training/page';

const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));
const PAGE = fileURLToPath(new URL('./training', import.meta.url));

interface Way {
  title: string;
  query: string;
}

/** The last is the measure for the others. */
const WAYS: readonly Way[] = [
  { title: 'Tensorloom, WebAssembly, one thread', query: 'backend=wasm&alone' },
  { title: 'Tensorloom, WebAssembly, threads', query: 'backend=wasm' },
  { title: 'Tensorloom, WebGL', query: 'backend=webgl' },
  { title: 'stock tfjs, WebGL', query: 'backend=webgl&stock' },
  { title: 'stock tfjs, CPU', query: 'backend=cpu&stock' },
];

type Row = Way & Measured;

async function measure(browser: Browser, address: string, way: Way): Promise<Row> {
  const page = await browser.newPage();
  try {
    await page.goto(`${address}?${way.query}`);
    await page.waitForFunction('window.measured !== undefined');
    return { ...way, ...(await page.evaluate<Measured>('window.measured')) };
  } finally {
    await page.close();
  }
}

/** Builds the page as the app is built, and measures every way of computing in it, one after the other. */
export async function benchTraining(): Promise<{ rows: Row[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'training-'));
  const shared = { configFile: CONFIG, root: PAGE, logLevel: 'error' } as const;
  const output = { outDir: folder, emptyOutDir: true };
  await build({ ...shared, build: output });
  const server = await preview({ ...shared, build: output, preview: { port: 4373 } });
  const executablePath = [process.env.TENSORLOOM_CHROMIUM, '/usr/bin/chromium'].find(
    (path) => path !== undefined && existsSync(path),
  );
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking', '--enable-unsafe-swiftshader'],
  });
  try {
    const rows: Row[] = [];
    for (const way of WAYS) rows.push(await measure(browser, server.resolvedUrls?.local[0] ?? '', way));
    return { rows };
  } finally {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function tableOf(rows: readonly Row[]): string {
  const measure = rows.at(-1)?.median ?? Number.NaN;
  return [
    '| LeNet-5, batch 64 | threads | a step (ms, median) | times as fast as stock CPU |',
    '| --- | ---: | ---: | ---: |',
    ...rows.map(
      ({ title, threads, median }) =>
        `| ${title} | ${threads} | ${median.toFixed(1)} | ${(measure / median).toFixed(median < measure / 10 ? 0 : 1)} |`,
    ),
  ].join('\n');
}

export default {
  title: 'A training step',
  async run() {
    const { rows } = await benchTraining();
    return {
      table: tableOf(rows),
      notes: [
        'Forwards, backwards, Adam, and the loss read back; the first two steps left out. All in the same Chromium, each in a page of its own; without a graphics card WebGL is computed by the processor.',
      ],
    };
  },
};
