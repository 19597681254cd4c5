import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { names } from '../../src-engine/scenarios/names.ts';
import { answerDialogs, expect, test } from './desktop.ts';

const named = (name: string): string => JSON.stringify({ ...names.project(), name });

test('file changed on disk by another program: asked about at a save and on focus, never silently overwritten', async ({ desktop }) => {
  const page = desktop.page();
  const path = join(desktop.folder, 'mine.unroll');
  await writeFile(path, named('Mine'));
  await answerDialogs(desktop, { open: [path] });
  await page.keyboard.press('Control+o');
  const name = page.getByRole('textbox', { name: 'Project name' });
  await expect(name).toHaveValue('Mine');

  await name.fill('Mine, edited');
  await name.press('Enter');
  await writeFile(path, named('Theirs'));
  await page.keyboard.press('Control+s');
  const question = page.getByRole('dialog', { name: 'mine.unroll was changed outside this window' });
  await expect(question).toContainText('Reload drops your edits');
  await question.getByRole('button', { name: 'Not now' }).click();
  expect(await readFile(path, 'utf8')).toBe(named('Theirs'));
  await expect(page.getByRole('img', { name: 'Not saved' })).toBeVisible();

  await page.keyboard.press('Control+s');
  await question.getByRole('button', { name: 'Overwrite' }).click();
  await expect(page.getByRole('img', { name: 'Saved', exact: true })).toBeVisible();
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ name: 'Mine, edited' });

  await writeFile(path, named('Theirs again'));
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(question).not.toContainText('your edits');
  await question.getByRole('button', { name: 'Reload' }).click();
  await expect(name).toHaveValue('Theirs again');
});
