import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from './app-fixture.ts';
import { importDialog, openImport, showData } from './data-steps.ts';

const image = '<img src=x onerror="window.ranFromData=1">';
const script = '</script><script>window.ranFromData=1</script>';
const braces = '{{constructor.constructor("window.ranFromData=1")()}} ${window.ranFromData=1}';

test('markup and code in the cells, header, classes and name of a file are shown as text and never run', async ({ app }, info) => {
  const asked: string[] = [];
  app.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const name = `${image.replaceAll('/', '')}.csv`;
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 120 }, (_, row) => {
    const spam = row % 2 === 0;
    return [cell(`${spam ? image : script} ${braces} number ${row}`), cell(spam ? image : braces)].join(',');
  });
  const file = info.outputPath('hostile.csv');
  await writeFile(file, `${cell(`text ${image}`)},${cell(`class ${script}`)}\n${rows.join('\n')}\n`);
  await openImport(app);
  const choosing = app.waitForEvent('filechooser');
  await importDialog(app).getByRole('button', { name: 'Choose a file' }).click();
  await (await choosing).setFiles({ name, mimeType: 'text/csv', buffer: await readFile(file) });
  const dialog = importDialog(app);
  await expect(dialog.getByRole('region', { name: 'What was recognised' })).toBeVisible();
  await expect(dialog.getByText(`text ${image}`, { exact: true })).toBeVisible();
  await expect(dialog.getByText(braces, { exact: true }).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(app.getByText(/^ready/)).toBeVisible();
  await showData(app);
  await expect(app.getByRole('list', { name: 'Targets of each class' })).toContainText(image);
  await expect(app.getByRole('region', { name: 'Sample rows' })).toContainText('onerror');
  await app.getByRole('tab', { name: 'Code' }).click();
  await app.getByRole('tab', { name: 'Design' }).click();
  await app.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(app.getByRole('status', { name: 'Training progress' })).toContainText(/step|done/);

  expect(await app.evaluate(() => 'ranFromData' in window)).toBe(false);
  expect(await app.locator('img[src="x"]').count()).toBe(0);
  expect(asked.filter((address) => address === '/x')).toEqual([]);
});
