/** What a person does in the panels, in the words of a person. */
import type { Page } from '@playwright/test';
import { expect } from './support/test';

export type PanelName = 'Training' | 'Data' | 'Problems' | 'Summary' | 'Code';

export async function openApp(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('region', { name: 'Inspector' })).toBeVisible();
}

export async function openPanel(page: Page, name: PanelName): Promise<void> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`) });
  if ((await tab.getAttribute('aria-selected')) !== 'true' || !(await panel(page, name).isVisible())) await tab.click();
  await expect(panel(page, name)).toBeVisible();
}

export const panel = (page: Page, name: PanelName | 'Inspector') => page.getByRole('region', { name, exact: true });

/** Writes a whole network into the code panel. */
export async function enterNetwork(page: Page, network: unknown): Promise<void> {
  await openPanel(page, 'Code');
  await panel(page, 'Code').getByRole('button', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'The network as JSON' }).fill(JSON.stringify(network, null, 2));
  await panel(page, 'Code').getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('textbox', { name: 'The network as JSON' })).toHaveCount(0);
}

/** Selects layers by their rows in the summary. */
export async function selectLayer(page: Page, name: string): Promise<void> {
  await openPanel(page, 'Summary');
  await summaryRow(page, name).click();
}

export const summaryRow = (page: Page, name: string) =>
  panel(page, 'Summary')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });

/** LeNet's idea at 8×8: trains in seconds on the smallest data set. */
export const smallLenet = {
  format: 'tensorloom',
  version: 1,
  name: 'Small LeNet',
  graph: {
    nodes: {
      image: { type: 'input', at: [0, 0] },
      conv1: {
        type: 'conv2d',
        params: { filters: 8, kernelSize: [3, 3], padding: 'same', activation: 'relu' },
        at: [0, 130],
      },
      pool1: { type: 'maxPooling2d', at: [0, 260] },
      flat: { type: 'flatten', at: [0, 390] },
      out: { type: 'dense', params: { units: 10, activation: 'softmax' }, at: [0, 520] },
      loss: { type: 'crossEntropy', at: [0, 650] },
    },
    edges: ['image', 'conv1', 'pool1', 'flat', 'out'].map((id, index, all) => ({
      from: [id, 'out'],
      to: [all[index + 1] ?? 'loss', 'in'],
    })),
  },
  training: {
    dataset: 'digits',
    batchSize: 32,
    epochs: 4,
    phases: [{ optimizer: { type: 'adam', learningRate: 0.01 } }],
  },
};
