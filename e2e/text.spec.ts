import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { enterNetwork, openApp, openPanel, panel } from './panels.support';
import { expect, test } from './support/test';

test.describe.configure({ timeout: 240_000 });

const training = (page: Page) => panel(page, 'Training');

async function openFromGallery(page: Page, title: string): Promise<void> {
  await openApp(page);
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Open ${title}`, exact: true })
    .click();
}

async function train(page: Page): Promise<void> {
  await openPanel(page, 'Training');
  await training(page).getByRole('button', { name: 'Train', exact: true }).click();
  await expect(training(page).getByText('Finished')).toBeVisible({ timeout: 90_000 });
}

async function noSeriousFinding(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual([]);
}

test('a network learns names, shows them as text, and judges a name that is typed', async ({ page }) => {
  await openFromGallery(page, 'RNN for names');
  await openPanel(page, 'Data');
  await expect(panel(page, 'Data').getByRole('listitem', { name: 'Sample 0' })).toContainText('lenka');
  await expect(panel(page, 'Data').getByRole('link', { name: /CC0 1\.0/ })).toBeVisible();
  await expect(panel(page, 'Data').getByText('letters: 12 characters, of 28')).toBeVisible();
  await noSeriousFinding(page);

  await train(page);
  const caption = await training(page).getByRole('table').locator('caption').textContent();
  expect(Number(/\((\d+\.\d) %\)/.exec(caption ?? '')?.[1])).toBeGreaterThan(76);

  await training(page).getByRole('radio', { name: 'Samples' }).click();
  const samples = training(page).getByRole('list', { name: 'Validation samples' });
  await expect(samples.getByRole('button')).toHaveCount(60);
  await expect(samples.getByRole('button').first()).toContainText(/^[a-z-]+wrong: (fe)?male taken for (fe)?male/);
  await noSeriousFinding(page);

  await training(page).getByRole('radio', { name: 'Type' }).click();
  const name = training(page).getByRole('textbox', { name: 'A word of your own' });
  await name.fill('Théodora7');
  await expect(training(page).getByText('Left out: 7.')).toBeVisible();
  const bars = training(page).getByRole('list', { name: 'Probabilities' }).getByRole('listitem');
  await expect(bars).toHaveCount(2);
  const shares = (await bars.allTextContents()).map((text) => Number(/(\d+\.\d) %/.exec(text)?.[1]));
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
  expect(shares[0]).toBeGreaterThan(60);
  await expect(
    training(page)
      .getByRole('status')
      .filter({ hasText: /^female, / }),
  ).toBeAttached();
  await noSeriousFinding(page);
  await name.fill('');
  await expect(bars).toHaveCount(0);
});

/** Sees one character at a time, and so learns in a step or two which follow which. */
const pairs = {
  format: 'tensorloom',
  version: 1,
  name: 'Pairs of characters',
  graph: {
    nodes: {
      text: { type: 'input', params: { field: 'text' } },
      embedding: { type: 'embedding', params: { inputDim: 63, outputDim: 16 } },
      next: { type: 'dense', params: { units: 63, activation: 'softmax' } },
      loss: { type: 'crossEntropy', params: { target: 'next' } },
    },
    edges: ['text', 'embedding', 'next'].map((id, index, all) => ({
      from: [id, 'out'],
      to: [all[index + 1] ?? 'loss', 'in'],
    })),
  },
  training: {
    dataset: 'novel',
    batchSize: 64,
    epochs: 1,
    phases: [{ optimizer: { type: 'adam', learningRate: 0.02 } }],
  },
};

test('a text that is typed is continued, by keyboard alone', async ({ page }) => {
  await openApp(page);
  await enterNetwork(page, pairs);
  await train(page);
  await training(page).getByRole('radio', { name: 'Write' }).click();
  const text = training(page).getByRole('textbox', { name: 'How the text begins' });
  const go = training(page).getByRole('button', { name: 'Continue', exact: true });
  await expect(go).toBeDisabled();
  await text.focus();
  await page.keyboard.type('She said');
  await page.keyboard.press('Tab');
  await expect(go).toBeFocused();
  await page.keyboard.press('Tab');
  const temperature = training(page).getByRole('slider', { name: 'Temperature' });
  await expect(temperature).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(temperature).toHaveAttribute('aria-valuetext', '0.7');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(training(page).getByText('200 characters were written.')).toBeVisible({ timeout: 60_000 });
  expect(await text.inputValue()).toMatch(/^She said[\s\S]{200}$/);

  await training(page).getByRole('radio', { name: 'Samples' }).click();
  await expect(training(page).getByRole('list', { name: 'Validation samples' }).getByRole('listitem')).toHaveCount(60);
  await training(page).getByRole('radio', { name: 'Confusion' }).click();
  await expect(training(page).getByText(/63 classes are too many for a table/)).toBeVisible();
});
