/**
 * Frames while panning and dragging, beside a bare React Flow page with as many cards: five hundred layers in a
 * grid, and ResNet-152 opened out to single layers.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { build, type PreviewServer, preview } from 'vite';
import type { Figure } from './frames/figure';
import { cards, networkText, wires } from './frames/network';
import { figureOf, openedOut, textOf } from './frames/resnet';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BARE = fileURLToPath(new URL('./frames', import.meta.url));
const VIEWPORT = { width: 1440, height: 900 };

const GESTURE_STEPS = 90;
/** In pixels. */
const REACH = 120;
const REPEATS = 3;

interface Frames {
  median: number;
  p95: number;
  /** What the page's main thread does for one step of the pointer: frames wait for the screen, this does not. */
  work: number;
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
async function drag(page: Page, { at: [x, y], card }: Spot): Promise<void> {
  const place = async () => card !== undefined && nodeOf(page, card).evaluate(({ style }) => style.transform);
  const before = await place();
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let step = 1; step <= GESTURE_STEPS; step++) {
    const angle = (2 * Math.PI * step) / GESTURE_STEPS;
    await page.mouse.move(x + REACH * Math.sin(angle), y + (REACH / 2) * (1 - Math.cos(angle)));
    // Seen once: a press that missed a small card would measure panning.
    if (step === 9 && card !== undefined && (await place()) === before) throw new Error(`${card} was not dragged.`);
  }
  await page.mouse.up();
}

/** As it is, and as a machine would have it that is so many times slower. */
const SLOWDOWNS = [1, 4] as const;

async function measureAll(page: Page): Promise<Measured[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const all: Measured[] = [];
  for (const rate of SLOWDOWNS) {
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    all.push(await measure(page, session));
  }
  return all;
}

async function measure(page: Page, session: CDPSession): Promise<Measured> {
  const result: Partial<Measured> = {};
  for (const [what, find] of [
    ['panning', besideCards],
    ['dragging', middleCard],
  ] as const) {
    const frames: number[] = [];
    let work = 0;
    await drag(page, await find(page));
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const spot = await find(page);
      const before = await busy(session);
      frames.push(...(await framesDuring(page, () => drag(page, spot))));
      work += (await busy(session)) - before;
    }
    const sorted = frames.sort((a, b) => a - b);
    result[what] = {
      median: quantile(sorted, 0.5),
      p95: quantile(sorted, 0.95),
      work: work / (REPEATS * GESTURE_STEPS),
    };
  }
  return result as Measured;
}

/** How long the page's main thread has been at work so far, in milliseconds. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
}

/** Where a gesture begins. */
interface Spot {
  at: [number, number];
  /** What is dragged; the whole figure where absent. */
  card?: string;
}

async function besideCards(page: Page): Promise<Spot> {
  const pane = await page.locator('.react-flow__pane').boundingBox();
  if (!pane) throw new Error('The page shows no network.');
  return { at: [pane.x + 12, pane.y + pane.height / 3] };
}

/**
 * On the card nearest to the middle of what is seen. From afar a card may be two pixels high, so that the middle of
 * its box, in whole pixels, lies beside it or on a port.
 */
async function middleCard(page: Page): Promise<Spot> {
  const found = await page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')?.getBoundingClientRect();
    if (!pane) return undefined;
    const [x, y] = [pane.x + pane.width / 2, pane.y + pane.height / 2];
    return [...document.querySelectorAll<HTMLElement>('.react-flow__node')]
      .map((card) => ({ card, box: card.getBoundingClientRect() }))
      .map(({ card, box }) => ({
        card,
        at: [Math.round(box.x + box.width / 2), Math.ceil(box.y + box.height / 2 - 0.5)] as [number, number],
      }))
      .sort((a, b) => Math.hypot(a.at[0] - x, a.at[1] - y) - Math.hypot(b.at[0] - x, b.at[1] - y))
      .filter(({ card, at }) => {
        const hit = document.elementFromPoint(...at);
        return card.contains(hit) && !hit?.closest('.nodrag');
      })
      .map(({ card, at }) => ({ card: card.dataset.id ?? '', at }))[0];
  });
  if (!found) throw new Error('The page shows no card that can be dragged.');
  return found;
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
  'Times are between animation frames, in milliseconds. The bare page shows as many of React Flow’s own cards, with the same wires and the same part in view. “Work” is what the main thread does for one step of the pointer. “Slowed” is the same with the browser’s processor slowed down four times.',
];

const TITLES: Record<keyof Frames, string> = { median: 'median', p95: '95th percentile', work: 'work for a step' };

function tableOf(figure: string, ours: readonly Measured[], plain: readonly Measured[]): string {
  const row = (at: number, what: keyof Measured, figure: keyof Frames): string => {
    const [mine, theirs] = [ours[at]?.[what][figure] ?? Number.NaN, plain[at]?.[what][figure] ?? Number.NaN];
    const title = `${what}${SLOWDOWNS[at] === 1 ? '' : ', slowed'}, ${TITLES[figure]}`;
    return `| ${title} | ${mine.toFixed(1)} | ${theirs.toFixed(1)} | ${(mine / theirs).toFixed(2)} |`;
  };
  return [
    `| ${figure} | Tensorloom (ms) | bare React Flow (ms) | ratio |`,
    '| --- | ---: | ---: | ---: |',
    ...SLOWDOWNS.flatMap((_, at) =>
      (['panning', 'dragging'] as const).flatMap((what) => [
        row(at, what, 'median'),
        row(at, what, 'p95'),
        row(at, what, 'work'),
      ]),
    ),
  ].join('\n');
}

export default { title: 'Frames while panning and dragging', run };
