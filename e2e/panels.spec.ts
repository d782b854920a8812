import AxeBuilder from '@axe-core/playwright';
import {
  enterNetwork,
  openApp,
  openPanel,
  type PanelName,
  panel,
  selectLayer,
  smallLenet,
  summaryRow,
} from './panels.support';
import { expect, test } from './support/test';

test.beforeEach(async ({ page }) => {
  await openApp(page);
  await enterNetwork(page, smallLenet);
});

test('a hyperparameter changes shapes and counts at once, and undo takes it back', async ({ page }) => {
  await selectLayer(page, 'conv1');
  const inspector = panel(page, 'Inspector');
  await expect(inspector.getByText('N×8×8×8')).toBeVisible();
  await inspector.getByRole('textbox', { name: 'Filters' }).fill('16');
  await expect(inspector.getByText('N×8×8×16')).toBeVisible();
  await expect(summaryRow(page, 'conv1')).toContainText('160');
  await expect(summaryRow(page, 'out')).toContainText('2,570');
  await inspector.getByRole('textbox', { name: 'Filters' }).blur();
  await page.keyboard.press('Control+z');
  await expect(summaryRow(page, 'out')).toContainText('1,290');
});

test('what cannot be a value is refused with a reason, and nothing changes', async ({ page }) => {
  await selectLayer(page, 'conv1');
  const filters = panel(page, 'Inspector').getByRole('textbox', { name: 'Filters' });
  await filters.fill('2.5');
  await expect(panel(page, 'Inspector').getByRole('alert')).toContainText('must be a whole number');
  await expect(summaryRow(page, 'conv1')).toContainText('N×8×8×8');
  await filters.blur();
  await expect(filters).toHaveValue('8');
});

test('height and width are one field, and two once taken apart', async ({ page }) => {
  await selectLayer(page, 'conv1');
  const inspector = panel(page, 'Inspector');
  await inspector.getByRole('textbox', { name: 'Kernel size' }).fill('5');
  await expect(summaryRow(page, 'conv1')).toContainText('208');
  await inspector.getByRole('button', { name: 'Height and width of Kernel size apart' }).click();
  await inspector.getByRole('textbox', { name: 'Kernel size, width' }).fill('3');
  await expect(summaryRow(page, 'conv1')).toContainText('128');
  await inspector.getByRole('button', { name: 'Reset Kernel size' }).click();
  await expect(summaryRow(page, 'conv1')).toContainText('80');
});

test('a number explains itself on hover and by keyboard', async ({ page }) => {
  await selectLayer(page, 'conv1');
  const number = panel(page, 'Inspector').getByRole('button', { name: '80', exact: true }).first();
  await number.focus();
  const card = page.getByRole('tooltip');
  await expect(card).toBeVisible();
  await expect(card).toHaveAccessibleName(/Parameters: .* = 80$/);
  await page.keyboard.press('Escape');
  await expect(card).toHaveCount(0);
});

test('frozen weights are no longer trainable', async ({ page }) => {
  await selectLayer(page, 'conv1');
  await panel(page, 'Inspector').getByRole('button', { name: 'Freeze the weights' }).click();
  await expect(panel(page, 'Summary').getByText('1,290 trainable')).toBeVisible();
});

test('a layer that PyTorch counts otherwise says so, and why', async ({ page }) => {
  await enterNetwork(page, {
    ...smallLenet,
    graph: {
      nodes: { text: { type: 'input', params: { shape: [5, 3] } }, read: { type: 'lstm', params: { units: 4 } } },
      edges: [{ from: ['text', 'out'], to: ['read', 'in'] }],
    },
    training: {},
  });
  await selectLayer(page, 'read');
  const inspector = panel(page, 'Inspector');
  // 4·(3·4 + 4·4 + 4), and one bias more there.
  await expect(inspector.locator('dt:text-is("Parameters") + dd')).toHaveText('128');
  await expect(inspector.locator('dt:text-is("in PyTorch") + dd')).toHaveText('144');
  await expect(inspector.getByText('It counts 32 for bias.')).toBeVisible();
  await expect(inspector.locator('dt:text-is("Floating-point operations") + dd')).toHaveText('1,120');
});

test('the network itself is shown while nothing is selected', async ({ page }) => {
  await openPanel(page, 'Summary');
  await page.keyboard.press('Escape');
  const inspector = panel(page, 'Inspector');
  await expect(inspector.getByRole('heading', { name: 'Small LeNet' })).toBeVisible();
  await expect(inspector.getByText('1,370').first()).toBeVisible();
  await inspector.getByRole('button', { name: /^out/ }).click();
  await expect(inspector.getByRole('heading', { name: 'Dense' })).toBeVisible();
});

test('the summary sorts, follows the keyboard and is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openPanel(page, 'Summary');
  const summary = panel(page, 'Summary');
  await summary.getByRole('button', { name: 'Parameters' }).click();
  await expect(summary.getByRole('rowheader').first()).toHaveText('out');
  await summaryRow(page, 'out').click();
  await page.keyboard.press('ArrowDown');
  await expect(summaryRow(page, 'conv1')).toHaveAttribute('aria-selected', 'true');
  await expect(panel(page, 'Inspector').getByRole('heading', { name: 'Conv2D' })).toBeVisible();
  await summary.getByRole('button', { name: 'Copy as Markdown' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('| conv1 | Conv2D | N×8×8×8 | 80 | 80 |');
});

test('broken JSON is refused with its line, and nothing is lost', async ({ page }) => {
  await openPanel(page, 'Code');
  const code = panel(page, 'Code');
  await code.getByRole('button', { name: 'Edit' }).click();
  const text = page.getByRole('textbox', { name: 'The network as JSON' });
  const before = await text.inputValue();
  const broken = before.replace('"version": 1,', '"version": 1,,');
  await text.fill(broken);
  await code.getByRole('button', { name: 'Apply' }).click();
  await expect(code.getByRole('alert')).toContainText('Line 3');
  await expect(text).toHaveValue(broken);
  await text.fill(before.replace('"filters": 8', '"filters": 4'));
  await code.getByRole('button', { name: 'Apply' }).click();
  await selectLayer(page, 'conv1');
  await expect(summaryRow(page, 'conv1')).toContainText('N×8×8×4');
});

test('the code is also shown as Keras writes it', async ({ page }) => {
  await openPanel(page, 'Code');
  await panel(page, 'Code').getByRole('radio', { name: 'Keras JSON' }).click();
  await expect(page.getByRole('region', { name: 'Keras JSON' })).toContainText('"class_name": "Functional"');
});

test('the data panel shows samples, classes, the split and the licence', async ({ page }) => {
  await openPanel(page, 'Data');
  const data = panel(page, 'Data');
  await expect(data.getByRole('img', { name: /^Sample 0:/ })).toBeVisible();
  await expect(data.getByText('1–60 of 1,797')).toBeVisible();
  await data.getByRole('button', { name: 'Later samples' }).click();
  await expect(data.getByText('61–120 of 1,797')).toBeVisible();
  await expect(data.getByText('1,438 to train on')).toBeVisible();
  await expect(data.getByRole('link', { name: /BSD-3-Clause/ })).toHaveAttribute('rel', 'noreferrer');
});

for (const scheme of ['light', 'dark'] as const) {
  test(`no panel has a serious accessibility finding (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await selectLayer(page, 'conv1');
    for (const name of ['Training', 'Data', 'Problems', 'Summary', 'Code'] satisfies PanelName[]) {
      await openPanel(page, name);
      if (name === 'Data') await expect(panel(page, name).getByRole('img', { name: /^Sample 0:/ })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => [name, id, nodes.map(({ html }) => html.slice(0, 120))])).toEqual([]);
    }
  });
}
