/** How long the large networks of the gallery take to open, drawn as blocks, and then with every layer shown. */
import type { Browser, Page } from '@playwright/test';
import { median, withApp } from './app';

const TITLES = ['ResNet-152', 'DenseNet-121', 'Inception v3', 'EfficientNet-B0', 'BERT-base', 'GPT-2 small'];
const ROUNDS = 3;

/**
 * Runs in the page: presses a button and waits until what it is for is there and painted. As text: what compiles this
 * file may put helpers into functions that the page does not have.
 */
const PRESS = `(button, seen) => new Promise((resolve) => {
  const began = performance.now();
  const look = () =>
    document.querySelector(seen) && document.querySelector('.react-flow__node')
      ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
      : requestAnimationFrame(look);
  document.querySelector(button).click();
  look();
})`;

const press = (page: Page, button: string, seen: string): Promise<number> =>
  page.evaluate(`(${PRESS})(${JSON.stringify(button)}, ${JSON.stringify(seen)})`);

interface Opened {
  blocks: number;
  layers: number;
  /** How many layers are shown then. */
  count: number;
}

/** From a click on its card to its drawing; then from a click on “Show all layers”. */
async function opened(browser: Browser, address: string, title: string): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(20_000);
  await page.goto(address);
  await page.getByText('Conv2D').first().waitFor();
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Open ${title}`, exact: true })
    .waitFor();
  await page.evaluate(`document.querySelector('.react-flow__node').setAttribute('data-before', '')`);
  const blocks = await press(page, `[aria-label="Open ${title}"]`, `[aria-label="Network: ${title}"]`);
  await page.waitForTimeout(1000);
  const layers = await press(page, '[aria-label="Show all layers"]', '[aria-label="All layers"]');
  const said = await page.getByRole('region', { name: 'All layers' }).innerText();
  await page.close();
  return { blocks, layers, count: Number(/[\d,]+/.exec(said)?.[0].replaceAll(',', '')) };
}

const bench = {
  title: 'Opening the large networks',
  run: () =>
    withApp(async (browser, address) => {
      const rows: string[] = [];
      for (const title of TITLES) {
        const times: Opened[] = [];
        for (let round = 0; round < ROUNDS; round++) times.push(await opened(browser, address, title));
        const of = (what: keyof Opened): string => median(times.map((time) => time[what])).toFixed(0);
        rows.push(`| ${title} | ${of('blocks')} | ${of('count')} | ${of('layers')} |`);
      }
      return {
        table: [
          '| | opens as blocks (ms) | layers | shows them all (ms) |',
          '| --- | ---: | ---: | ---: |',
          ...rows,
        ].join('\n'),
        notes: [
          'Medians of three, each in a page of its own: from the click until shapes and counts are known and the part in sight is painted.',
        ],
      };
    }),
};

export default bench;
