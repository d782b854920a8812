/**
 * Frames while panning and dragging, beside a bare React Flow page with as many cards: five hundred layers in a
 * grid, and ResNet-152 opened out to single layers.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, type PreviewServer, preview } from 'vite';
import type { Figure } from './frames/figure';
import { cards, networkText, wires } from './frames/network';
import { figureOf, openedOut, textOf } from './frames/resnet';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BARE = fileURLToPath(new URL('./frames', import.meta.url));
const VIEWPORT = { width: 1440, height: 900 };

const GESTURE_STEPS = 90;
const REPEATS = 3;

interface Frames {
  median: number;
  p95: number;
}

type Measured = Record<'panning' | 'dragging', Frames>;

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

/** Runs in the page. As text: what compiles this file may put helpers into functions that the page does not have. */
const WATCH = `
  window.frameTimes = [];
  (function note(time) {
    if (time !== undefined) window.frameTimes.push(time);
    window.frameRequest = requestAnimationFrame(note);
  })();
`;
const STOP = 'cancelAnimationFrame(window.frameRequest); window.frameTimes';

/** The time between frames while a gesture goes on. */
async function framesDuring(page: Page, gesture: () => Promise<void>): Promise<number[]> {
  await page.evaluate(WATCH);
  await gesture();
  const times = await page.evaluate<number[]>(STOP);
  return times.slice(1).map((time, at) => time - (times[at] ?? time));
}

/** There and back again, so that the page is afterwards as before. */
async function drag(page: Page, [x, y]: readonly [number, number], reach: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= GESTURE_STEPS; step++) {
    const angle = (2 * Math.PI * step) / GESTURE_STEPS;
    await page.mouse.move(x + reach * Math.sin(angle), y + (reach / 2) * (1 - Math.cos(angle)));
  }
  await page.mouse.up();
}

/** As it is, and as a machine would have it that is so many times slower. */
const SLOWDOWNS = [1, 4] as const;

async function measureAll(page: Page): Promise<Measured[]> {
  const session = await page.context().newCDPSession(page);
  const all: Measured[] = [];
  for (const rate of SLOWDOWNS) {
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    all.push(await measure(page));
  }
  return all;
}

async function measure(page: Page): Promise<Measured> {
  const card = await middleCard(page);
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!card || !pane) throw new Error('The page shows no network.');
  const onCard = [card.x + card.width / 2, card.y + card.height / 2] as const;
  const beside = [pane.x + 12, pane.y + pane.height / 3] as const;
  const result: Partial<Measured> = {};
  for (const [what, at, reach] of [
    ['panning', beside, 120],
    ['dragging', onCard, 120],
  ] as const) {
    const frames: number[] = [];
    await drag(page, at, reach);
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      frames.push(...(await framesDuring(page, () => drag(page, at, reach))));
    }
    const sorted = frames.sort((a, b) => a - b);
    result[what] = { median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
  }
  return result as Measured;
}

/** The card nearest to the middle of what is seen. */
async function middleCard(page: Page): Promise<{ x: number; y: number; width: number; height: number } | null> {
  const boxes = await page.locator('.react-flow__node').evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }),
  );
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!pane) return null;
  const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2];
  const far = (box: (typeof boxes)[number]): number =>
    Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
  return boxes.sort((a, b) => far(a) - far(b))[0] ?? null;
}

interface Shown {
  title: string;
  /** As a document to paste. */
  text: string;
  figure: Figure;
  /** Seen whole; else as the app opens it, from its beginning. */
  whole: boolean;
}

const nodeOf = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);

async function openApp(page: Page, url: string, { text, figure, whole }: Shown): Promise<void> {
  await page.goto(url);
  await page.locator('.react-flow__node').first().waitFor();
  await page.evaluate((pasted) => {
    const data = new DataTransfer();
    data.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
  await nodeOf(page, figure.cards[0]?.id ?? '').waitFor();
  if (whole) {
    await page.keyboard.press('Shift+Digit1');
    await page.waitForTimeout(500);
  }
  await page.waitForTimeout(1000);
}

/** Where the canvas stands: what the bare page is told to show, too. */
async function viewOf(page: Page): Promise<Figure['view']> {
  const transform = await page
    .locator('.react-flow__viewport')
    .evaluate((element) => getComputedStyle(element).transform);
  const { a, e, f } = matrixOf(transform);
  return { x: e, y: f, zoom: a };
}

function matrixOf(transform: string): { a: number; e: number; f: number } {
  const [a = 1, , , , e = 0, f = 0] = (/matrix\((.*)\)/.exec(transform)?.[1] ?? '').split(',').map(Number);
  return { a, e, f };
}

async function openBare(page: Page, url: string, figure: Figure): Promise<void> {
  await page.addInitScript((given) => {
    window.figure = given;
  }, figure);
  await page.goto(url);
  await nodeOf(page, figure.cards[0]?.id ?? '').waitFor({ state: 'attached' });
  await page.waitForTimeout(1000);
}

interface Compared {
  ours: Measured[];
  bare: Measured[];
}

async function compare(browser: Browser, app: string, bare: string, shown: Shown): Promise<Compared> {
  const { measured, view } = await withPage(
    browser,
    (page) => openApp(page, app, shown),
    async (page) => ({ view: await viewOf(page), measured: await measureAll(page) }),
  );
  const plain = await withPage(browser, (page) => openBare(page, bare, { ...shown.figure, view }), measureAll);
  return { ours: measured, bare: plain };
}

async function withPage<T>(browser: Browser, open: (page: Page) => Promise<void>, use: (page: Page) => Promise<T>) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  await open(page);
  const result = await use(page);
  await page.close();
  return result;
}

const urlOf = (server: PreviewServer): string => server.resolvedUrls?.local[0] ?? '';

async function run(): Promise<{ table: string; notes: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-'));
  const quiet = { logLevel: 'error' } as const;
  // The app as it would be published, and the bare page as production would have it.
  await build({ ...quiet, root: ROOT });
  await build({
    ...quiet,
    configFile: false,
    root: BARE,
    plugins: [react()],
    build: { outDir: folder, emptyOutDir: true },
  });
  const app = await preview({ ...quiet, root: ROOT, preview: { port: 4371 } });
  const bare = await preview({
    ...quiet,
    configFile: false,
    root: BARE,
    build: { outDir: folder },
    preview: { port: 4372 },
  });
  const executablePath = [process.env.TENSORLOOM_CHROMIUM, '/usr/bin/chromium'].find(
    (path) => path !== undefined && existsSync(path),
  );
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  try {
    const tables: string[] = [];
    for (const shown of await figures()) {
      const { ours, bare: plain } = await compare(browser, urlOf(app), urlOf(bare), shown);
      tables.push(tableOf(shown.title, ours, plain));
    }
    return { table: tables.join('\n\n'), notes: NOTES };
  } finally {
    await browser.close();
    await Promise.all([app.close(), bare.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

async function figures(): Promise<Shown[]> {
  const resnet = await openedOut();
  const layers = Object.keys(resnet.graph.nodes).length;
  const whole = { text: textOf(resnet), figure: figureOf(resnet) };
  return [
    { title: '500 layers, all in view', text: networkText(), figure: { cards, wires }, whole: true },
    { title: `ResNet-152 as ${layers} layers, as it opens`, ...whole, whole: false },
    { title: `ResNet-152 as ${layers} layers, from afar`, ...whole, whole: true },
  ];
}

const NOTES = [
  'Times are between animation frames, in milliseconds. The bare page shows as many of React Flow’s own cards, with the same wires and the same part in view. “Slowed” is the same with the browser’s processor slowed down four times.',
];

function tableOf(figure: string, ours: readonly Measured[], plain: readonly Measured[]): string {
  const row = (at: number, what: keyof Measured, figure: keyof Frames): string => {
    const [mine, theirs] = [ours[at]?.[what][figure] ?? Number.NaN, plain[at]?.[what][figure] ?? Number.NaN];
    const title = `${what}${SLOWDOWNS[at] === 1 ? '' : ', slowed'}, ${figure === 'p95' ? '95th percentile' : 'median'}`;
    return `| ${title} | ${mine.toFixed(1)} | ${theirs.toFixed(1)} | ${(mine / theirs).toFixed(2)} |`;
  };
  return [
    `| ${figure} | Tensorloom (ms) | bare React Flow (ms) | ratio |`,
    '| --- | ---: | ---: | ---: |',
    ...SLOWDOWNS.flatMap((_, at) => [
      row(at, 'panning', 'median'),
      row(at, 'panning', 'p95'),
      row(at, 'dragging', 'median'),
      row(at, 'dragging', 'p95'),
    ]),
  ].join('\n');
}

export default { title: 'Frames while panning and dragging', run };
