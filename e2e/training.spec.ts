import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { enterNetwork, openApp, openPanel, panel, selectLayer, smallLenet } from './panels.support';
import { expect, test } from './support/test';

test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ page }) => {
  await openApp(page);
  await enterNetwork(page, smallLenet);
  await openPanel(page, 'Training');
});

const training = (page: Page) => panel(page, 'Training');
const press = (page: Page, name: string) => training(page).getByRole('button', { name, exact: true }).click();

async function trainToTheEnd(page: Page): Promise<void> {
  await press(page, 'Train');
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 90_000 });
}

test('trains to a good accuracy with curves, a confusion matrix and samples', async ({ page }) => {
  await trainToTheEnd(page);
  await expect(training(page).getByRole('figure', { name: 'Loss over the epochs' })).toBeVisible();
  await expect(training(page).getByRole('figure', { name: 'Accuracy over the epochs' })).toBeVisible();
  const caption = await training(page).getByRole('table').locator('caption').textContent();
  expect(Number(/\((\d+\.\d) %\)/.exec(caption ?? '')?.[1])).toBeGreaterThan(90);

  await training(page)
    .getByRole('button', { name: /^0 taken for 0:/ })
    .click();
  await expect(training(page).getByText('0 taken for 0', { exact: false }).first()).toBeVisible();
  await press(page, 'Show all');
  await expect(training(page).getByRole('list', { name: 'Validation samples' }).getByRole('button')).toHaveCount(60);

  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual([]);
});

test('steps one batch, resumes, pauses and stops', async ({ page }) => {
  // Long enough that it cannot end before Pause is pressed.
  await enterNetwork(page, { ...smallLenet, training: { ...smallLenet.training, epochs: 500 } });
  await openPanel(page, 'Training');
  await press(page, 'Step one batch');
  await expect(training(page).getByText('step 1/45')).toBeVisible({ timeout: 60_000 });
  await expect(training(page).getByText('Paused')).toBeVisible();
  await press(page, 'Step one batch');
  await expect(training(page).getByText('step 2/45')).toBeVisible();
  await press(page, 'Resume');
  await press(page, 'Pause');
  await expect(training(page).getByText('Paused')).toBeVisible();
  await press(page, 'Stop');
  await expect(training(page).getByText('Stopped')).toBeVisible();
  await expect(training(page).getByRole('button', { name: 'Go on', exact: true })).toBeEnabled();
  await expect(training(page).getByRole('button', { name: 'Train anew', exact: true })).toBeEnabled();
});

test('a run that was broken off by a reload goes on where it stood', async ({ page }) => {
  await press(page, 'Step one batch');
  await expect(training(page).getByText('step 1/45')).toBeVisible({ timeout: 60_000 });
  await press(page, 'Step one batch');
  await expect(training(page).getByText('step 2/45')).toBeVisible();
  await page.waitForTimeout(1500);
  await page.reload();
  await openPanel(page, 'Training');
  await expect(training(page).getByText('Broken off in epoch 1, after 2 steps of it')).toBeVisible();
  await expect(training(page).getByRole('figure', { name: 'Loss over the epochs' })).toBeVisible();
  await press(page, 'Go on');
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 90_000 });
  await expect(training(page).getByText('epoch 4/4')).toBeVisible();
});

test('a change of shape meanwhile leaves the run as it was, and says so', async ({ page }) => {
  await press(page, 'Step one batch');
  await expect(training(page).getByText('Paused')).toBeVisible({ timeout: 60_000 });
  await selectLayer(page, 'conv1');
  await panel(page, 'Inspector').getByRole('textbox', { name: 'Filters' }).fill('3');
  await openPanel(page, 'Training');
  await expect(training(page).getByText(/This run trains the network as it was at/)).toBeVisible();
  await press(page, 'Resume');
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 90_000 });
  await expect(training(page).getByRole('alert')).toHaveCount(0);
  await press(page, 'Train with the changes');
  await expect(training(page).getByText('Finished')).toHaveCount(0);
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 90_000 });
});

test('a drawn digit is given probabilities', async ({ page }) => {
  await trainToTheEnd(page);
  await training(page).getByRole('radio', { name: 'Draw' }).click();
  const pad = training(page).getByRole('img', { name: 'Pad to draw a digit on' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('the pad is not shown');
  const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.5, 0.15));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.85), { steps: 10 });
  await page.mouse.up();
  const bars = training(page).getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
  await expect(bars).toHaveCount(10);
  const shares = (await bars.allTextContents()).map((text) => Number(/(\d+\.\d) %/.exec(text)?.[1]));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, -1);
  await press(page, 'Clear');
  await expect(bars).toHaveCount(0);
});

test('trained weights come back after a reload, and can be discarded', async ({ page }) => {
  await trainToTheEnd(page);
  // The network itself is saved within a second of an edit.
  await page.waitForTimeout(1500);
  await page.reload();
  await openPanel(page, 'Training');
  await expect(training(page).getByText(/Trained weights from 4 epochs, \d+\.\d %/)).toBeVisible();
  await expect(training(page).getByRole('figure', { name: 'Loss over the epochs' })).toBeVisible();
  await press(page, 'See what they predict');
  await expect(training(page).getByRole('table')).toBeVisible({ timeout: 60_000 });
  await press(page, 'Discard');
  await expect(training(page).getByText(/Trained weights from/)).toHaveCount(0);
});

test('a learning rate out of all measure ends in a clear word and a way on', async ({ page }) => {
  const phases = [{ optimizer: { type: 'sgd', learningRate: 1e30 } }];
  await enterNetwork(page, { ...smallLenet, training: { ...smallLenet.training, phases } });
  await openPanel(page, 'Training');
  await press(page, 'Train');
  const alert = training(page).getByRole('alert');
  await expect(alert).toBeVisible({ timeout: 60_000 });
  await expect(alert.getByRole('button', { name: /^Learning rate/ })).toBeVisible();
});

test('a learning rate is looked for on a copy of the network, and taken with one click', async ({ page }) => {
  await press(page, 'Find a learning rate');
  const finder = training(page).getByRole('figure', { name: 'Learning-rate finder' });
  const take = finder.getByRole('button', { name: /^Use / });
  await expect(take).toBeVisible({ timeout: 60_000 });
  const rate = Number(/Use (.*)/.exec((await take.textContent()) ?? '')?.[1]);
  expect(rate).toBeGreaterThan(1e-5);
  await take.click();
  await expect(finder).toHaveCount(0);
  await expect(training(page).getByRole('textbox', { name: /^Learning rate/ })).toHaveValue(String(rate));
  await expect(training(page).getByText('Finished')).toHaveCount(0);
  await trainToTheEnd(page);
});

test('a run that begins takes the place of the learning-rate finder', async ({ page }) => {
  await press(page, 'Find a learning rate');
  const finder = training(page).getByRole('figure', { name: 'Learning-rate finder' });
  await expect(finder.getByRole('button', { name: /^Use / })).toBeVisible({ timeout: 60_000 });
  await trainToTheEnd(page);
  await expect(finder).toHaveCount(0);
  const loss = training(page).getByRole('figure', { name: 'Loss over the epochs' });
  expect((await loss.boundingBox())?.height).toBeGreaterThan(100);
});

test('full batch, mini-batch and one by one are chosen by name', async ({ page }) => {
  const size = training(page).getByRole('textbox', { name: /^Batch size/ });
  const kinds = training(page).getByRole('group', { name: 'Kind of batch' });
  await expect(kinds.getByRole('button', { name: 'Mini-batch' })).toHaveAttribute('aria-pressed', 'true');
  await expect(training(page).getByText('45 steps an epoch, 1,438 samples')).toBeVisible();
  await kinds.getByRole('button', { name: 'Full batch' }).click();
  await expect(size).toHaveValue('1438');
  await expect(training(page).getByText('1 step an epoch')).toBeVisible();
  await kinds.getByRole('button', { name: 'One by one' }).click();
  await expect(size).toHaveValue('1');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(kinds.getByRole('button', { name: 'One by one' })).toHaveAttribute('aria-pressed', 'false');
});
