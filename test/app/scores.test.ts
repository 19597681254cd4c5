import { expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

test('scores: every measure beside its baseline, and which class is taken for which', async ({ app }) => {
  await openTemplate(app, 'Names');
  await app.getByRole('tab', { name: 'Scores' }).click();
  await expect(app.getByText('No score yet')).toBeVisible();
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  const readout = app.getByRole('status', { name: 'Training progress' });
  await expect(readout).toContainText(/done, [\d,]+ steps/, { timeout: 90_000 });
  const said = /test accuracy ([\d.]+ %)/.exec(await readout.innerText())?.[1];

  const accuracy = app.getByRole('row', { name: /^accuracy/ });
  await expect(accuracy.getByRole('cell').nth(1)).toHaveText(said ?? '');
  await expect(accuracy).toContainText(/[\d.]+ % majority class/);
  await expect(app.getByRole('row', { name: /^macro F1/ })).toContainText(/[\d.]+ % majority class/);

  const matrix = app.getByRole('figure', { name: /^Confusion, test part/ });
  const counts = (await matrix.locator('.confusion-cell').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  expect(counts).toHaveLength(4);
  const all = counts.reduce((sum, count) => sum + count, 0);
  expect(`${((100 * (counts[0]! + counts[3]!)) / all).toFixed(1)} %`).toBe(said);
  await matrix.locator('.confusion-cell').nth(1).hover();
  await expect(matrix).toContainText(`female answered male: ${counts[1]!.toLocaleString('en')}`);

  await expectSound(app, 'Scores', '.scores');
});
