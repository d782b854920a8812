/** What can go wrong on a machine while a network is trained: each ends in plain words, and the run can go on. */
import type { Page, Worker } from '@playwright/test';
import { enterNetwork, openApp, openPanel, panel, smallLenet } from './panels.support';
import { expect, test } from './support/test';

test.describe.configure({ timeout: 120_000 });

const training = (page: Page) => panel(page, 'Training');
const press = (page: Page, name: string) => training(page).getByRole('button', { name, exact: true }).click();
const long = { ...smallLenet, training: { ...smallLenet.training, epochs: 200 } };

async function goesOn(page: Page): Promise<void> {
  await expect(training(page).getByRole('alert')).toBeVisible({ timeout: 60_000 });
  await training(page)
    .getByRole('button', { name: /^Go on/ })
    .first()
    .click();
  await expect(training(page).getByRole('alert')).toHaveCount(0);
  await expect(
    training(page)
      .getByText(/^epoch [2-9]/)
      .first(),
  ).toBeVisible({ timeout: 60_000 });
}

test('a worker that breaks down is told, and the run goes on from its last checkpoint', async ({ page }) => {
  await openApp(page);
  await enterNetwork(page, long);
  await openPanel(page, 'Training');
  const started = page.waitForEvent('worker');
  await press(page, 'Train');
  const worker = await started;
  await expect(
    training(page)
      .getByText(/^epoch [2-9]/)
      .first(),
  ).toBeVisible({ timeout: 60_000 });
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
  });
  await expect(training(page).getByRole('alert')).toContainText('The training process ended unexpectedly');
  await goesOn(page);
});

test('a worker that says nothing more is told after a minute, and the run goes on', async ({ page }) => {
  await page.clock.install();
  await openApp(page);
  await enterNetwork(page, long);
  await openPanel(page, 'Training');
  const started = page.waitForEvent('worker');
  await press(page, 'Train');
  const worker = await started;
  await expect(
    training(page)
      .getByText(/^epoch [2-9]/)
      .first(),
  ).toBeVisible({ timeout: 60_000 });
  await worker.evaluate(() => {
    setTimeout(() => {
      for (;;);
    });
  });
  await page.waitForTimeout(500);
  await page.clock.fastForward(50_000);
  await expect(training(page).getByRole('alert')).toHaveCount(0);
  await page.clock.fastForward(15_000);
  await expect(training(page).getByRole('alert')).toContainText('it stopped answering');
  await goesOn(page);
});

test('memory that runs out is told, and a smaller batch trains', async ({ page }) => {
  await openApp(page);
  await enterNetwork(page, smallLenet);
  await openPanel(page, 'Training');
  await press(page, 'More settings');
  await training(page).getByLabel('Backend').selectOption('wasm');
  const started = page.waitForEvent('worker');
  await press(page, 'Train');
  const worker = await started;
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 60_000 });
  // As where the machine has no more to give: what is there can be used, and none is added.
  await worker.evaluate(() => {
    WebAssembly.Memory.prototype.grow = () => {
      throw new RangeError('Maximum memory size exceeded');
    };
  });
  const wide = structuredClone(smallLenet);
  const { conv1 } = wide.graph.nodes;
  conv1.params.filters = 512;
  wide.training.batchSize = 512;
  await enterNetwork(page, wide);
  await openPanel(page, 'Training');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Train/ })
    .click();
  const alert = training(page).getByRole('alert');
  await expect(alert).toContainText('There is not enough memory for this network and batch size', { timeout: 60_000 });
  await expect(alert).toContainText('Make the batch size smaller');
  await enterNetwork(page, smallLenet);
  await openPanel(page, 'Training');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Train/ })
    .click();
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 60_000 });
});

test('a lost WebGL context is told, and the run goes on', async ({ page }) => {
  await openApp(page);
  await enterNetwork(page, long);
  await openPanel(page, 'Training');
  await press(page, 'More settings');
  await training(page).getByLabel('Backend').selectOption('webgl');
  const contexts = async (worker: Worker): Promise<void> => {
    await worker.evaluate(() => {
      const { getContext } = OffscreenCanvas.prototype;
      const kept: RenderingContext[] = [];
      Object.assign(self, { kept });
      OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...given: [never]) {
        const context = getContext.apply(this, given);
        if (context) kept.push(context as RenderingContext);
        return context;
      } as typeof getContext;
    });
  };
  const started = page.waitForEvent('worker');
  await press(page, 'Train');
  const worker = await started;
  await contexts(worker);
  await expect(
    training(page)
      .getByText(/^epoch [2-9]/)
      .first(),
  ).toBeVisible({ timeout: 90_000 });
  await worker.evaluate(() => {
    const { kept } = self as unknown as { kept: WebGL2RenderingContext[] };
    for (const context of kept) context.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await goesOn(page);
});

test('a full disk is told while the run goes on', async ({ page }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
      if (this.name === 'weights') throw new DOMException('no room', 'QuotaExceededError');
      return put.apply(this, given);
    };
  });
  await openApp(page);
  await enterNetwork(page, smallLenet);
  await openPanel(page, 'Training');
  await press(page, 'Train');
  await expect(training(page).getByText('The browser has no room left')).toBeVisible({ timeout: 60_000 });
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 90_000 });
});
