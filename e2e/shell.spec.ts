import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { nameButton, openApp } from './document.support';
import { expect, test } from './support/test';

test.beforeEach(({ page }) => openApp(page));

const seriousFindings = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
};

test('the command palette finds and does, by the keyboard alone', async ({ page }) => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('add dropout');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: /^Dropout dropout1/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('option', { name: /^Undo: add Dropout/ })).toBeVisible();
  await page.keyboard.type('undo');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('group', { name: /^Dropout dropout1/ })).toHaveCount(0);
});

test('a question mark shows the shortcuts', async ({ page }) => {
  await page.keyboard.press('Shift+?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByText('Arrange')).toBeVisible();
  await expect(help.getByText('Ctrl+Shift+Z, Ctrl+Y')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
});

test('keys mean nothing to the canvas while something is typed', async ({ page }) => {
  await page.getByRole('group', { name: /^Dense dense2/ }).focus();
  await page.keyboard.press('Enter');
  const name = page.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'Name' });
  await name.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await expect(name).toHaveValue('dense');
  await expect(page.getByRole('group', { name: /^Dense dense,/ })).toBeVisible();
});

test('the gallery opens each of its networks, one after the other, and none has a problem', async ({ page }) => {
  test.slow();
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  const cards = page.getByRole('dialog').getByRole('button', { name: /^Open / });
  const titles = await cards.evaluateAll((all) => all.map((card) => card.getAttribute('aria-label') ?? ''));
  await page.keyboard.press('Escape');
  for (const title of titles) {
    await page.getByRole('button', { name: 'Gallery', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: title, exact: true }).click();
    await expect(nameButton(page)).toHaveText(title.replace('Open ', ''));
    await expect(page.getByRole('tab', { name: 'Problems 0' })).toBeVisible();
  }
});

test('a network of the gallery is found by typing, and opens as its blocks', async ({ page }) => {
  await page.getByRole('button', { name: 'Gallery', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox').fill('resnet152');
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await dialog.getByRole('button', { name: 'Open ResNet-152', exact: true }).click();
  await expect(nameButton(page)).toHaveText('ResNet-152');
  await expect(page.getByRole('tab', { name: 'Nodes 14' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Inspector' }).getByText('60,419,944')).toBeVisible();
});

test('a theme is kept', async ({ page }) => {
  const canvas = page.getByRole('main', { name: 'Canvas' });
  const before = await canvas.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.getByRole('button', { name: 'Colours' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect.poll(() => canvas.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(before);
  const dark = await canvas.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.reload();
  await expect(canvas).toHaveCSS('background-color', dark);
});

test('panels close, open and are remembered', async ({ page }) => {
  await page.getByRole('button', { name: 'Hide the inspector' }).click();
  await expect(page.getByRole('region', { name: 'Inspector' })).toHaveCount(0);
  await page.getByRole('tab', { name: 'Summary' }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Summary' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show the inspector' })).toBeVisible();
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toBeHidden();
  await expect(page.getByText('Not trained yet')).toBeVisible();
});

test('a panel takes the size it is dragged to, and keeps it', async ({ page }) => {
  const separator = page.getByRole('separator', { name: 'Width of the inspector' });
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const before = (await inspector.boundingBox())?.width ?? 0;
  const at = await separator.boundingBox();
  if (!at) throw new Error('no separator');
  await page.mouse.move(at.x, at.y + 200);
  await page.mouse.down();
  await page.mouse.move(at.x - 80, at.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await inspector.boundingBox())?.width).toBeGreaterThan(before + 60);
  const after = (await inspector.boundingBox())?.width ?? 0;
  await page.reload();
  await expect.poll(async () => Math.abs(((await inspector.boundingBox())?.width ?? 0) - after)).toBeLessThan(3);
});

test('three hints, and then never again', async ({ page }) => {
  const hint = page.getByRole('complementary', { name: 'Hint' });
  await hint.getByRole('button', { name: 'Next' }).click();
  await hint.getByRole('button', { name: 'Next' }).click();
  await hint.getByRole('button', { name: 'Got it' }).click();
  await expect(hint).toHaveCount(0);
  await page.reload();
  await expect(nameButton(page)).toBeVisible();
  await expect(hint).toHaveCount(0);
});

test('on a phone it opens, reads and adds', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await expect(page.getByRole('group', { name: /^Conv2D conv1/ })).toBeVisible();
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('dialog').getByText('61,706').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Layers' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add Dropout' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('group', { name: /^Dropout dropout1/ })).toBeAttached();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`no serious accessibility finding (${scheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('tab', { name: /^Nodes/ }).click();
    expect(await seriousFindings(page)).toEqual([]);
    for (const open of ['Gallery', 'All commands']) {
      await page.getByRole('button', { name: open, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.getByRole('button', { name: 'Export' }).click();
    expect(await seriousFindings(page)).toEqual([]);
  });
}
