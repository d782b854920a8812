import { expect, test } from './support/test';

/** What the README promises: the first press of Train, nothing changed before it. */
test('LeNet-5 learns handwritten digits to 97 % within three epochs', async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('/');
  await page
    .getByRole('button', { name: /^Train/ })
    .first()
    .click();
  const right = page.getByText(/ of 2,000 right \(/);
  await expect(right).toContainText('epoch 3', { timeout: 200_000 });
  const text = (await right.textContent()) ?? '';
  expect(Number(/\(([\d.]+) %\)/.exec(text)?.[1])).toBeGreaterThanOrEqual(97);
});
