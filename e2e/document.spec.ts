import { readFile } from 'node:fs/promises';
import { add, chooseFromNameMenu, dropFile, exportedJson, nameButton, openApp, untilSaved } from './document.support';
import { expect, test } from './support/test';

test.beforeEach(({ page }) => openApp(page));

const node = (page: Parameters<typeof openApp>[0], name: string) =>
  page.getByRole('group', { name: new RegExp(`^(?!Wire ).* ${name}(,|$)`) });

test('a reload brings the network back as it was', async ({ page }) => {
  await add(page, 'Dropout');
  await untilSaved(page);
  const before = await exportedJson(page);
  await page.reload();
  await expect(node(page, 'dropout1')).toBeVisible();
  expect(await exportedJson(page)).toBe(before);
});

test('a reload right after an edit loses nothing', async ({ page }) => {
  await add(page, 'Dropout');
  await page.reload();
  await expect(node(page, 'dropout1')).toBeVisible();
});

test('a hundred edits are undone to the very beginning and redone to the very end', async ({ page }) => {
  test.setTimeout(180_000);
  const beginning = await exportedJson(page);
  const titles = ['Dropout', 'BatchNormalization', 'Dense', 'Activation', 'Conv2D', 'MaxPooling2D', 'Flatten', 'Add'];
  // The same edits at every run: a failure can be looked at again.
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const undo = page.getByRole('button', { name: /^Undo/ });
  const redo = page.getByRole('button', { name: /^Redo/ });
  let edits = 0;
  for (let step = 0; edits < 100; step++) {
    const nodes = page.locator('.react-flow__node');
    const count = await nodes.count();
    const action = count < 6 ? 0 : random(4);
    if (action === 0) await add(page, titles[random(titles.length)] ?? 'Dense');
    else {
      await nodes.nth(random(count)).focus();
      await page.keyboard.press('Enter');
      const keys = ['ControlOrMeta+d', 'Shift+ArrowRight', count > 14 ? 'Delete' : 'Shift+ArrowDown'];
      await page.keyboard.press(keys[action - 1] ?? 'Delete');
    }
    edits++;
    if (step === 40) {
      await page.keyboard.press('ControlOrMeta+z');
      await page.keyboard.press('ControlOrMeta+Shift+z');
    }
  }
  const end = await exportedJson(page);
  expect(end).not.toBe(beginning);
  let undone = 0;
  for (; await undo.isEnabled(); undone++) await page.keyboard.press('ControlOrMeta+z');
  expect(undone).toBeGreaterThan(60);
  expect(await exportedJson(page)).toBe(beginning);
  while (await redo.isEnabled()) await page.keyboard.press('ControlOrMeta+Shift+z');
  expect(await exportedJson(page)).toBe(end);
});

test('undo says what it takes back', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeDisabled();
  await add(page, 'Dropout');
  await page.getByRole('button', { name: 'Undo: add Dropout' }).click();
  await expect(node(page, 'dropout1')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Redo: add Dropout' })).toBeEnabled();
});

test('renaming, a new network, and the way back to the first', async ({ page }) => {
  await chooseFromNameMenu(page, 'Rename');
  await page.getByRole('textbox', { name: 'Name of the network' }).fill('My cheques');
  await page.keyboard.press('Enter');
  await expect(nameButton(page)).toHaveText('My cheques');
  await chooseFromNameMenu(page, 'New network');
  await expect(page.getByText('An empty network')).toBeVisible();
  await chooseFromNameMenu(page, 'Open…');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^My cheques/ })
    .click();
  await expect(node(page, 'conv1')).toBeVisible();
  await expect(nameButton(page)).toHaveText('My cheques');
});

test('a saved network is duplicated, renamed, deleted, and brought back', async ({ page }) => {
  await untilSaved(page);
  await chooseFromNameMenu(page, 'Open…');
  const list = page.getByRole('list', { name: 'Saved networks' });
  await list.getByRole('button', { name: 'Duplicate LeNet-5', exact: true }).click();
  await list.getByRole('button', { name: 'Rename LeNet-5 (copy)' }).click();
  await page.getByRole('textbox', { name: 'New name of LeNet-5 (copy)' }).fill('Second');
  await page.keyboard.press('Enter');
  await list.getByRole('button', { name: 'Delete Second' }).click();
  await expect(list.getByRole('button', { name: /^Second/ })).toHaveCount(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(list.getByRole('button', { name: /^Second/ })).toBeVisible();
});

test('two tabs with one network both keep what they have', async ({ page, context }) => {
  await untilSaved(page);
  const second = await context.newPage();
  await openApp(second);
  await add(page, 'Dropout');
  await untilSaved(page);
  await add(second, 'BatchNormalization');
  await expect(second.getByText('Another tab has changed this network, too')).toBeVisible();
  await expect(nameButton(second)).toHaveText('LeNet-5 (copy)');
  await untilSaved(second);
  await page.reload();
  await expect(node(page, 'dropout1')).toBeVisible();
  await expect(nameButton(page)).toHaveText('LeNet-5');
  await second.reload();
  await expect(node(second, 'batchNormalization1')).toBeVisible();
});

test('what is exported opens again by dropping it', async ({ page }) => {
  await add(page, 'Dropout');
  const text = await exportedJson(page);
  await chooseFromNameMenu(page, 'New network');
  await dropFile(page, 'mine.json', text);
  await expect(node(page, 'dropout1')).toBeVisible();
  expect(await exportedJson(page)).toBe(text);
});

test('a Keras model opens with its names; what is not known is kept and said', async ({ page }) => {
  const wire = (from: string) => [[[from, 0, 0, {}]]];
  const odd = { class_name: 'Odd', config: { name: 'odd', mode: 7 }, registered_name: 'mine>Odd' };
  const half = { class_name: 'Dense', config: { name: 'half', units: 3, dtype: 'float16' } };
  const layers = [
    { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_shape: [null, 4] }, inbound_nodes: [] },
    { ...half, name: 'half', inbound_nodes: wire('x') },
    { ...odd, name: 'odd', inbound_nodes: wire('half') },
    {
      class_name: 'Dense',
      name: 'last',
      config: { name: 'last', units: 2 },
      build_config: { input_shape: [null, 5] },
      inbound_nodes: wire('odd'),
    },
  ];
  const config = { name: 'From Keras', layers, input_layers: [['x', 0, 0]], output_layers: [['last', 0, 0]] };
  await dropFile(page, 'model.json', JSON.stringify({ class_name: 'Functional', config }));
  await expect(nameButton(page)).toHaveText('From Keras');
  await expect(node(page, 'half')).toBeVisible();
  await expect(node(page, 'odd')).toBeVisible();
  await page.getByRole('button', { name: 'All 2' }).click();
  const said = page.getByRole('list', { name: 'Differences' });
  await expect(said.getByText(/float16 is not kept/)).toBeVisible();
  await expect(said.getByText(/Kept as a placeholder: “odd”/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: /^TensorFlow/ })).toBeDisabled();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /^Keras topology/ }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('"registered_name": "mine>Odd"');
});

test('a file that is not fit to open leaves the open network alone', async ({ page }) => {
  await dropFile(page, 'model.json', '{"class_name":"MyModel","config":{}}');
  await expect(page.getByText('model.json cannot be opened')).toBeVisible();
  await expect(page.getByText(/only Sequential and Functional/)).toBeVisible();
  await expect(node(page, 'conv1')).toBeVisible();
});

const BROKEN = [
  { what: 'broken JSON', text: '{\n  "format": "tensorloom",,\n}', says: /Line 2/ },
  {
    what: 'a wrong value',
    text: '{"format":"tensorloom","version":1,"graph":{"nodes":{"a":{"type":5}},"edges":[]}}',
    says: /graph\.nodes\.a\.type/,
  },
  {
    what: 'a wire to nowhere',
    text: '{"format":"tensorloom","version":1,"graph":{"nodes":{},"edges":[{"from":["a","out"],"to":["b","in"]}]}}',
    says: /no node "a"/,
  },
] as const;

for (const { what, text, says } of BROKEN) {
  test(`a file with ${what} is refused with its place, and the open network stays`, async ({ page }) => {
    await dropFile(page, 'broken.json', text);
    await expect(page.getByText('broken.json cannot be opened')).toBeVisible();
    await expect(page.getByText(says)).toBeVisible();
    await expect(node(page, 'conv1')).toBeVisible();
  });
}

test('a network pasted as text opens', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const text = (await exportedJson(page)).replace('"name": "LeNet-5"', '"name": "From the clipboard"');
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(nameButton(page)).toHaveText('From the clipboard');
});

test('every kind of export gives a file', async ({ page }) => {
  await page.getByRole('button', { name: 'Export' }).click();
  const items = page.getByRole('menuitem');
  const count = await items.count();
  await page.keyboard.press('Escape');
  expect(count).toBeGreaterThan(4);
  for (let at = 0; at < count; at++) {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), items.nth(at).click()]);
    expect(download.suggestedFilename()).toMatch(/^LeNet-5\./);
  }
});

test('a damaged record is reported, and the page works', async ({ page }) => {
  await untilSaved(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('tensorloom');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const store = opening.result.transaction('networks', 'readwrite').objectStore('networks');
          store.put({ nonsense: true }, 'broken').onsuccess = () => resolve();
        };
      }),
  );
  await chooseFromNameMenu(page, 'Open…');
  await expect(page.getByText('One saved network is damaged')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Saved networks' }).getByText('LeNet-5')).toBeVisible();
});

test('without storage the page says so and goes on working', async ({ browser, faults }) => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', {
      value: {
        open() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      },
    });
  });
  const page = await context.newPage();
  await openApp(page);
  await expect(page.getByText(/cannot keep this network/).first()).toBeVisible();
  await add(page, 'Dropout');
  await expect(node(page, 'dropout1')).toBeVisible();
  await context.close();
  expect(faults).toEqual([]);
});

test('should the page itself fail, the network is safe and can be taken away', async ({ page, faults }) => {
  await add(page, 'Dropout');
  // No number can be written any more, in whatever way.
  await page.evaluate(() => {
    const broken = () => {
      throw new Error('broken on purpose');
    };
    Object.defineProperty(Number.prototype, 'toLocaleString', { value: broken });
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', { get: broken });
  });
  await page.getByRole('tab', { name: /^Nodes/ }).click();
  await expect(page.getByRole('heading', { name: 'This page ran into an error of its own' })).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download the network' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('"dropout1"');
  await untilSaved(page);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(node(page, 'dropout1')).toBeVisible();
  faults.length = 0;
});
