import { enterNetwork, openApp, openPanel, panel } from './panels.support';
import { PROBLEM_CASES } from './problems.networks';
import { expect, test } from './support/test';

test.beforeEach(({ page }) => openApp(page));

for (const { title, network, says, repair } of PROBLEM_CASES) {
  test(`${title} is said, repaired with one click, and comes back with undo`, async ({ page }) => {
    await enterNetwork(page, network);
    await openPanel(page, 'Problems');
    const problems = panel(page, 'Problems');
    const problem = problems.getByText(says).first();
    await expect(problem).toBeVisible();
    await problems.getByRole('button', { name: repair }).first().click();
    await expect(problem).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(problem).toBeVisible();
  });
}

test('totals are withheld while a problem stands, and lead to it', async ({ page }) => {
  const [wrongRank] = PROBLEM_CASES;
  await enterNetwork(page, wrongRank?.network);
  await page.keyboard.press('Escape');
  const inspector = panel(page, 'Inspector');
  await expect(inspector.getByText('they would be wrong')).toBeVisible();
  await inspector.getByRole('button', { name: 'Show the problem' }).click();
  await panel(page, 'Problems').getByRole('button', { name: 'Show conv1 on the canvas' }).click();
  await expect(inspector.getByRole('heading', { name: 'Conv2D' })).toBeVisible();
});

test('Train says why it cannot, and leads to the problems', async ({ page }) => {
  const [wrongRank] = PROBLEM_CASES;
  await enterNetwork(page, wrongRank?.network);
  await openPanel(page, 'Training');
  const training = panel(page, 'Training');
  await expect(training.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await training.getByRole('button', { name: '1 problem' }).click();
  await expect(panel(page, 'Problems')).toBeVisible();
});
