import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test';

const node = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^(?!Wire ).* ${name}(,|$)`) });
const inspector = (page: Page): Locator => page.getByRole('region', { name: 'Inspector' });
const field = (page: Page, name: string): Locator => inspector(page).getByRole('textbox', { name, exact: true });
const total = (page: Page): Locator => inspector(page).locator('dt:text-is("Parameters") + dd');
const undo = (page: Page): Promise<void> => page.keyboard.press('ControlOrMeta+z');

async function choose(page: Page, ...names: string[]): Promise<void> {
  for (const [at, name] of names.entries())
    await node(page, name).click({ position: { x: 30, y: 10 }, ...(at > 0 && { modifiers: ['Control'] }) });
}

async function answer(page: Page, text: string, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox').fill(text);
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
}

async function groupConvolutions(page: Page): Promise<void> {
  await choose(page, 'conv2', 'pool2');
  await page.keyboard.press('ControlOrMeta+g');
  await answer(page, 'Features', 'Group');
  await expect(node(page, 'features1')).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await page.goto('/');
  await expect(node(page, 'conv1')).toBeVisible();
});

test('layers become a block with the same totals, and undo brings them back', async ({ page }) => {
  await expect(total(page)).toHaveText('61,706');
  await groupConvolutions(page);
  await expect(node(page, 'conv2')).toHaveCount(0);
  await expect(page.getByRole('group', { name: /^Features features1, output 5×5×16, 2,416 parameters/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(total(page)).toHaveText('61,706');
  await undo(page);
  await expect(node(page, 'conv2')).toBeVisible();
  await expect(node(page, 'features1')).toHaveCount(0);
});

test('a block is opened, its definition edited, and every number follows', async ({ page }) => {
  await groupConvolutions(page);
  await node(page, 'features1').dblclick({ position: { x: 30, y: 10 } });
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('Features');
  await page.getByRole('button', { name: 'Add a parameter' }).click();
  await answer(page, 'filters = 16', 'Add');
  await choose(page, 'conv2');
  const filters = field(page, 'Filters');
  await filters.fill('2*filters');
  await expect(inspector(page).getByText('= 32', { exact: true })).toBeVisible();
  await filters.blur();
  await page.getByRole('button', { name: 'Leave the block' }).click();
  await expect(page.getByRole('group', { name: /^Features features1, output 5×5×32/ })).toBeVisible();
  await field(page, 'filters').fill('4');
  await expect(page.getByRole('group', { name: /^Features features1, output 5×5×8/ })).toBeVisible();
  await undo(page);
  await expect(page.getByRole('group', { name: /^Features features1, output 5×5×32/ })).toBeVisible();
});

test('a wrong expression is refused with its reason', async ({ page }) => {
  await groupConvolutions(page);
  await node(page, 'features1').dblclick({ position: { x: 30, y: 10 } });
  await page.getByRole('button', { name: 'Add a parameter' }).click();
  await answer(page, 'filters', 'Add');
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('default');
  await answer(page, 'filters = 16', 'Add');
  await choose(page, 'conv2');
  await field(page, 'Filters').fill('filters/3');
  await expect(inspector(page).getByRole('alert')).toBeVisible();
});

test('a block is repeated in a chain, its copies looked at one by one, and taken apart', async ({ page }) => {
  await choose(page, 'dense2');
  await page.keyboard.press('ControlOrMeta+g');
  await answer(page, 'Hidden', 'Group');
  await choose(page, 'hidden1');
  const copies = field(page, 'Copies');
  await copies.fill('3');
  await copies.blur();
  // 120·84 + 84, then twice 84·84 + 84
  await expect(page.getByRole('group', { name: /^Hidden ×3 hidden1.*24,444 parameters/ })).toBeVisible();
  await node(page, 'hidden1').dblclick({ position: { x: 30, y: 10 } });
  await page.getByLabel('Copy').selectOption({ label: 'copy 2 of 3' });
  await expect(page.getByRole('group', { name: /^Dense dense2.*7,140 parameters/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Take apart' }).click();
  await expect(node(page, 'hidden1')).toHaveCount(0);
  await expect(page.getByRole('group', { name: /^Dense .*7,140 parameters/ })).toHaveCount(2);
  await undo(page);
  await undo(page);
  await undo(page);
  await expect(node(page, 'dense2')).toBeVisible();
});

test('blocks nest, and a problem deep within is told with its way', async ({ page }) => {
  await groupConvolutions(page);
  await choose(page, 'features1', 'flatten');
  await page.keyboard.press('ControlOrMeta+g');
  await answer(page, 'Whole', 'Group');
  await node(page, 'whole1').dblclick({ position: { x: 30, y: 10 } });
  await node(page, 'features1').dblclick({ position: { x: 30, y: 10 } });
  await choose(page, 'conv2');
  await field(page, 'Kernel size').fill('50');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'LeNet-5', exact: true }).last().click();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('in Whole › Features');
  await problems.getByRole('button', { name: 'Show conv2 on the canvas' }).click();
  await expect(node(page, 'conv2')).toBeVisible();
  await problems.getByRole('button', { name: 'Make padding “same”' }).click();
  await expect(problems).toContainText('Everything fits.');
});

test('two layers share weights, counted once, and get their own again', async ({ page }) => {
  await choose(page, 'dense2');
  await page.keyboard.press('ControlOrMeta+g');
  await answer(page, 'Hidden', 'Group');
  await choose(page, 'hidden1');
  const copies = field(page, 'Copies');
  await copies.fill('2');
  await copies.blur();
  await page.keyboard.press('Escape');
  await choose(page, 'dense3');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByPlaceholder(/./).last().fill('Share the weights');
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /dense1/ })
    .click();
  await expect(node(page, 'dense3').getByLabel('Shares weights')).toBeVisible();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  // 84 features in and 10 units are not what dense1 has.
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('dense1');
  await undo(page);
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText('Everything fits.');
});

test('an own block is kept, found again after a reload, and comes with what it needs', async ({ page }) => {
  await groupConvolutions(page);
  await page.getByRole('button', { name: 'Keep for later', exact: true }).click();
  await expect(page.getByText('is among your blocks now')).toBeVisible();
  await undo(page);
  await page.reload();
  await expect(node(page, 'conv2')).toBeVisible();
  await choose(page, 'pool1');
  await page.getByRole('region', { name: 'My blocks' }).getByRole('button', { name: 'Add Features' }).click();
  await expect(page.getByRole('group', { name: /^Features features1, output/ })).toBeVisible();
});

test('copied layers bring their blocks to another network', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await groupConvolutions(page);
  await page.keyboard.press('ControlOrMeta+c');
  await page.getByRole('button', { name: 'Gallery' }).click();
  await page.getByRole('dialog').getByText('Logistic regression', { exact: true }).click();
  await expect(node(page, 'features1')).toHaveCount(0);
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByRole('group', { name: /^Features / })).toBeVisible();
});

test('all layers of a network are shown, blocks opened out, and lead to where they are edited', async ({ page }) => {
  await choose(page, 'dense2');
  await page.keyboard.press('ControlOrMeta+g');
  await answer(page, 'Hidden', 'Group');
  await choose(page, 'hidden1');
  await field(page, 'Copies').fill('3');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show all layers' }).click();
  await expect(page.getByRole('region', { name: 'All layers' })).toContainText('All 10 layers');
  await expect(page.getByRole('group', { name: /^Dense .*7,140 parameters/ })).toHaveCount(2);
  const last = page.getByRole('group', { name: /^Dense .*7,140 parameters/ }).last();
  await last.press('Enter');
  await page.keyboard.press('Delete');
  await expect(page.getByText('opened out here')).toBeVisible();
  await last.press('Enter');
  await page.getByRole('button', { name: 'Edit it' }).click();
  await expect(page.getByRole('navigation', { name: 'Where you are' })).toContainText('copy 3 of 3');
  await expect(node(page, 'dense2')).toBeVisible();
});

test('one block is opened out in place, what lies in it too, and folded again', async ({ page }) => {
  await groupConvolutions(page);
  await choose(page, 'features1', 'dense1');
  await page.keyboard.press('ControlOrMeta+g');
  await answer(page, 'Body', 'Group');
  await choose(page, 'body1');
  await page.getByRole('button', { name: 'Show in place', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Opened out', exact: true })).toContainText(
    '1 block opened out in place',
  );
  const body = page.getByRole('region', { name: 'Body body1, opened out' });
  await expect(body).toBeVisible();
  await expect(page.getByRole('group', { name: /^Features .*output 5×5×16, 2,416 parameters/ })).toBeVisible();
  await expect(total(page)).toHaveText('61,706');
  await page.getByRole('group', { name: /^Features / }).click({ position: { x: 30, y: 10 } });
  await page.keyboard.press('ControlOrMeta+Shift+ArrowDown');
  await expect(page.getByRole('region', { name: 'Features features1, opened out' })).toBeVisible();
  await expect(page.getByRole('group', { name: /^Conv2D .*conv2, output 10×10×16/ })).toBeVisible();
  await body.getByRole('button').click();
  await expect(page.getByRole('region', { name: 'Opened out', exact: true })).toHaveCount(0);
  await expect(node(page, 'body1')).toBeVisible();
});

test('the keyboard stays where it was: a layer grouped, the block opened, left and deleted', async ({ page }) => {
  const focused = (name: RegExp) => expect(page.getByRole('group', { name })).toBeFocused();
  await node(page, 'conv2').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+g');
  await page.keyboard.press('Escape');
  await focused(/^Conv2D conv2/);
  await page.keyboard.press('ControlOrMeta+g');
  await page.keyboard.press('Enter');
  await focused(/^Block block1/);
  await page.keyboard.press('ControlOrMeta+ArrowDown');
  await focused(/^Block input/);
  await page.keyboard.press('Escape');
  await focused(/^Block block1/);
  await page.keyboard.press('Delete');
  await focused(/^MaxPooling2D pool1/);
  await undo(page);
  await page.getByRole('tab', { name: /^Nodes/ }).click();
  await page
    .getByRole('list', { name: 'Nodes of the network' })
    .getByRole('button', { name: /^Flatten/ })
    .focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Delete');
  await expect(
    page.getByRole('list', { name: 'Nodes of the network' }).getByRole('button', { name: /^MaxPooling2D pool2/ }),
  ).toBeFocused();
});

test('several selected layers are grouped from the inspector', async ({ page }) => {
  await choose(page, 'conv2', 'pool2');
  await inspector(page).getByRole('button', { name: 'Group into a block…' }).click();
  await answer(page, 'Features', 'Group');
  await expect(node(page, 'features1')).toBeVisible();
});
