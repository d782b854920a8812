/** What a person does with networks as a whole. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect } from './support/test';

export const nameButton = (page: Page): Locator => page.getByRole('button', { name: /^Network: / });

export async function openApp(page: Page): Promise<void> {
  await page.goto('/');
  await expect(nameButton(page)).toBeVisible();
  await expect(page.getByRole('group', { name: /^Conv2D conv1/ })).toBeVisible();
}

export async function chooseFromNameMenu(page: Page, item: string): Promise<void> {
  await nameButton(page).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

export const add = (page: Page, title: string): Promise<void> =>
  page.getByRole('button', { name: `Add ${title}`, exact: true }).click();

/** The network as the Export menu gives it. */
export async function exportedJson(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /^Network \(JSON\)/ }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

/** Drops a file on the page, as from the desktop. */
export async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type: 'application/json' }));
      return transfer;
    },
    [name, text] as const,
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: data });
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

/** Saving follows an edit within a second. */
export const untilSaved = (page: Page): Promise<void> => page.waitForTimeout(1200);
