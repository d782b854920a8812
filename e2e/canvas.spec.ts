import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test';

const node = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^(?!Wire ).* ${name}(,|$)`) });
const wire = (page: Page, from: string, to: string): Locator =>
  page.getByRole('group', { name: `Wire from ${from} to ${to}`, exact: true });
const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const add = (page: Page, title: string): Locator => page.getByRole('button', { name: `Add ${title}`, exact: true });

async function centreOf(target: Locator): Promise<{ x: number; y: number }> {
  const box = await target.boundingBox();
  if (!box) throw new Error('not to be seen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Draws a wire from a port to a place, without letting go. */
async function pull(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const start = await centreOf(from);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + to.x) / 2, (start.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

/** A place on the canvas with nothing on it. */
async function emptyPlace(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('.react-flow__pane').boundingBox();
  if (!box) throw new Error('no canvas');
  return { x: box.x + box.width * 0.82, y: box.y + box.height * 0.45 };
}

const texts = (page: Page): Promise<string[]> =>
  page
    .getByRole('list', { name: 'Nodes of the network' })
    .getByRole('button')
    .evaluateAll((buttons) =>
      buttons.flatMap((button) => {
        const label = button.getAttribute('aria-label') ?? '';
        return label.startsWith('Menu of') ? [] : [label.split(',')[0] ?? ''];
      }),
    );

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(node(page, 'conv1')).toBeVisible();
});

test('a card says type, name, shape and parameters', async ({ page }) => {
  await expect(page.getByRole('group', { name: 'Conv2D conv1, output 28×28×6, 156 parameters' })).toBeVisible();
});

test('a click adds a layer after the selection, wired, and the rest makes room', async ({ page }) => {
  await node(page, 'dense1').click({ position: { x: 30, y: 10 } });
  await add(page, 'Dropout').click();
  await expect(wire(page, 'dense1', 'dropout1')).toBeAttached();
  await expect(wire(page, 'dropout1', 'dense2')).toBeAttached();
  await expect(node(page, 'dropout1')).toBeVisible();
  const above = await centreOf(node(page, 'dropout1'));
  const below = await centreOf(node(page, 'dense2'));
  expect(below.y).toBeGreaterThan(above.y);
});

test('searching, the arrows and Enter add a layer without the pointer', async ({ page }) => {
  await node(page, 'conv1').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox', { name: 'Search layers' }).focus();
  await page.keyboard.type('batchnorm');
  await page.keyboard.press('ArrowDown');
  await expect(add(page, 'BatchNormalization')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(wire(page, 'conv1', 'batchNormalization1')).toBeAttached();
});

test('a layer dragged onto a wire is put on it', async ({ page }) => {
  const at = await centreOf(wire(page, 'conv1', 'pool1'));
  const canvas = await page.locator('.react-flow').boundingBox();
  await add(page, 'BatchNormalization').dragTo(page.locator('.react-flow'), {
    targetPosition: { x: at.x - (canvas?.x ?? 0), y: at.y - (canvas?.y ?? 0) },
  });
  await expect(wire(page, 'conv1', 'batchNormalization1')).toBeAttached();
  await expect(wire(page, 'batchNormalization1', 'pool1')).toBeAttached();
});

test('a layer dragged onto the canvas stands there by itself', async ({ page }) => {
  const at = await emptyPlace(page);
  const canvas = await page.locator('.react-flow').boundingBox();
  await add(page, 'Flatten').dragTo(page.locator('.react-flow'), {
    targetPosition: { x: at.x - (canvas?.x ?? 0), y: at.y - (canvas?.y ?? 0) },
  });
  const added = await centreOf(node(page, 'flatten1'));
  expect(Math.hypot(added.x - at.x, added.y - at.y)).toBeLessThan(6);
});

test('a port that does not fit says why before the wire is let go', async ({ page }) => {
  const target = await centreOf(node(page, 'conv2').locator('.port').first());
  await pull(page, node(page, 'flatten').locator('.port').last(), target);
  const tip = page.getByRole('tooltip');
  await expect(tip).toContainText('This would make a circle.');
  const box = await tip.boundingBox();
  expect(Math.hypot((box?.x ?? 0) - target.x, (box?.y ?? 0) - target.y)).toBeLessThan(40);
  await page.mouse.up();
  await expect(page.getByRole('tooltip')).toBeHidden();
  await expect(wire(page, 'flatten', 'conv2')).toBeHidden();
});

test('a port that holds one wire gives up the one it has', async ({ page }) => {
  const target = await centreOf(node(page, 'dense3').locator('.port').first());
  await pull(page, node(page, 'dense1').locator('.port').last(), target);
  await page.mouse.up();
  await expect(wire(page, 'dense1', 'dense3')).toBeAttached();
  await expect(wire(page, 'dense2', 'dense3')).toHaveCount(0);
});

test('a wire dropped on the empty canvas asks what shall follow', async ({ page }) => {
  await pull(page, node(page, 'flatten').locator('.port').last(), await emptyPlace(page));
  await page.mouse.up();
  const list = page.getByRole('listbox', { name: 'Layer after flatten' });
  await expect(list.getByRole('option', { name: /^Dense/ })).toBeVisible();
  await expect(list.getByRole('option', { name: /^Conv2D/ })).toHaveCount(0);
  await page.keyboard.type('dens');
  await page.keyboard.press('Enter');
  await expect(wire(page, 'flatten', 'dense4')).toBeAttached();
});

test('deleting a layer heals the wire around it', async ({ page }) => {
  await node(page, 'dense2').click({ position: { x: 30, y: 10 } });
  await page.keyboard.press('Delete');
  await expect(node(page, 'dense2')).toHaveCount(0);
  await expect(wire(page, 'dense1', 'dense3')).toBeAttached();
});

test('a wire can be selected and deleted by the keyboard', async ({ page }) => {
  await wire(page, 'dense1', 'dense2').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(wire(page, 'dense1', 'dense2')).toHaveCount(0);
});

test('copied layers can be pasted, with the wires between them', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await node(page, 'dense1').click({ position: { x: 30, y: 10 } });
  await node(page, 'dense2').click({ position: { x: 30, y: 10 }, modifiers: ['Shift'] });
  await page.keyboard.press('ControlOrMeta+c');
  await page.keyboard.press('ControlOrMeta+v');
  await expect(wire(page, 'dense4', 'dense5')).toBeAttached();
});

test('a box selects, and the arrows move what it holds', async ({ page }) => {
  const from = await node(page, 'conv1').boundingBox();
  const to = await node(page, 'pool1').boundingBox();
  if (!from || !to) throw new Error('no cards');
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x - 30, from.y + 4);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width + 30, to.y + 20, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(2);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect((await node(page, 'conv1').boundingBox())?.x).toBeGreaterThan(from.x + 5);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await node(page, 'conv1').boundingBox())?.x).toBeCloseTo(from.x, 0);
});

test('arranging puts a card that was dragged away back in line', async ({ page }) => {
  const before = await centreOf(node(page, 'conv1'));
  await page.mouse.move(before.x - 20, before.y);
  await page.mouse.down();
  await page.mouse.move(before.x + 180, before.y + 40, { steps: 6 });
  await page.mouse.up();
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
  await page.keyboard.press('Shift+A');
  await expect
    .poll(async () => Math.abs((await centreOf(node(page, 'conv1'))).x - (await centreOf(node(page, 'image'))).x))
    .toBeLessThan(3);
});

test('a network is built by the keyboard alone, from the list of nodes', async ({ page }) => {
  await tab(page, 'Nodes').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => texts(page)).toContain('Conv2D conv1');

  await page.getByRole('button', { name: 'Menu of dense1' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Connect to…' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Connect dense1 to…' });
  await expect(dialog.getByRole('button', { name: /^Conv2D conv2/ })).toBeDisabled();
  await expect(dialog.getByRole('button', { name: /^Conv2D conv2/ })).toContainText('This would make a circle.');
  await dialog.getByRole('button', { name: /^Dense dense3/ }).focus();
  await page.keyboard.press('Enter');
  await expect(wire(page, 'dense1', 'dense3')).toBeAttached();

  await page.getByRole('button', { name: 'Menu of dense2' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Rename' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('spare');
  await page.keyboard.press('Enter');
  await expect.poll(() => texts(page)).toContain('Dense spare');

  await page.getByRole('button', { name: 'Menu of spare' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Delete' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => texts(page)).not.toContain('Dense spare');
});

test('the menus of a node, a wire and the canvas', async ({ page }) => {
  await node(page, 'dense2').click({ button: 'right', position: { x: 30, y: 10 } });
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(node(page, 'dense4')).toBeVisible();

  const at = await centreOf(wire(page, 'conv1', 'pool1').locator('path').first());
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete wire' }).click();
  await expect(wire(page, 'conv1', 'pool1')).toHaveCount(0);

  const place = await emptyPlace(page);
  await page.mouse.click(place.x, place.y, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Add a layer…' }).click();
  await page.keyboard.type('flat');
  await page.keyboard.press('Enter');
  await expect(node(page, 'flatten1')).toBeVisible();
});

test('a problem stands under its card with a way out', async ({ page }) => {
  await wire(page, 'pool2', 'flatten').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(node(page, 'flatten').getByRole('button').first()).toBeVisible();
  await node(page, 'flatten').getByRole('button').first().click();
  await expect(wire(page, 'pool2', 'flatten')).toBeAttached();
});
