// The guide's pictures, made by the tests so that they show what the app does. Every run takes them after a moment of training into out/pictures; those in docs/
// are of the same tests, with the patience to wait for what a reader should see: PICTURES=docs npx playwright test guide
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { expect, test } from './app-fixture.ts';
import { views, wholeWindow } from './guide/views.ts';

const root = path.join(import.meta.dirname, '../..');
const KEPT = process.env['PICTURES'];
const folder = path.join(root, KEPT ?? 'out/pictures');
/** Milliseconds: of training before a picture of it; longest wait for the end of one (the language models of Moby Dick are then still learning). */
const { learnt, patience } = KEPT === undefined ? { learnt: 150, patience: 150 } : { learnt: 9000, patience: 120_000 };
/** Milliseconds for a test, which may wait for the patience more than once. */
const TIME = 120_000 + 3 * patience;
/** Templates that one window opens one after the other. For pictures to keep each has a window that nobody has used. */
const TOGETHER = KEPT === undefined ? 9 : 1;

const panels = ['code', 'data-names', 'canvas-nested', 'gradients', 'lesson', 'memory', 'problems', 'runs', 'samples', 'scores', 'states', 'unrolled-walk'].map(
  (name) => ({ view: views.find((view) => view.name === name) ?? failed(`no view ${name}`), file: `views/${name}-1440-light.png`, theme: 'light' as const }),
);
const shots = [...panels, { view: wholeWindow, file: 'window.png', theme: 'dark' as const }];
const fileOf = (id: string): string => `guide/pictures/${id}.png`;

function failed(message: string): never {
  throw new Error(message);
}

async function take(app: Page, file: string): Promise<void> {
  await app.mouse.move(0, 0);
  await app.screenshot({ path: path.join(folder, file), animations: 'disabled' });
}

for (const { view, file, theme } of shots) {
  test(`guide: the picture ${file}`, async ({ app }, info) => {
    test.setTimeout(TIME);
    await app.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await view.arrange(app, { folder: info.outputPath(), learnt, patience });
    await take(app, file);
  });
}

for (let first = 0; first < SCENARIOS.length; first += TOGETHER) {
  const together = SCENARIOS.slice(first, first + TOGETHER);
  test(`guide: ${together.map(({ title }) => title).join(', ')}: opens from the gallery, Train draws the first point of its curve, and it has its picture`, async ({
    app,
  }) => {
    test.setTimeout(TIME);
    for (const { id, title } of together) {
      await app
        .getByRole('list', { name: 'Templates' })
        .getByRole('button')
        .filter({ has: app.getByText(title, { exact: true }) })
        .click();
      await expect(app.getByText(/^ready/), title).toBeVisible();
      // A lesson has a button of that name too.
      await app.getByRole('banner').getByRole('button', { name: 'Train', exact: true }).click();
      const trainLoss = app.locator('.loss-entry', { has: app.getByText('train', { exact: true }) }).locator('dd');
      await expect(trainLoss, title).toHaveText(/\d/);
      await app
        .getByText(/(?:done|early|stopped at), ?|stopped at step/u)
        .first()
        .waitFor({ timeout: patience })
        .catch(() => undefined);
      await take(app, fileOf(id));
      await app.getByRole('button', { name: 'Templates' }).click();
    }
  });
}

test('guide: shows no picture but these', async () => {
  const guide = path.join(root, 'docs/guide');
  const shown = new Set<string>();
  for (const page of (await readdir(guide, { recursive: true })).filter((name) => name.endsWith('.md'))) {
    const text = await readFile(path.join(guide, page), 'utf8');
    for (const [, link = ''] of text.matchAll(/!\[[^\]]*\]\((?<link>[^)]+)\)/gu))
      shown.add(path.relative(path.join(root, 'docs'), path.resolve(guide, path.dirname(page), link)));
  }
  const made = [...shots.map(({ file }) => file), ...SCENARIOS.map(({ id }) => fileOf(id))];
  expect([...shown].map((file) => file.replaceAll(path.sep, '/')).sort()).toEqual(made.sort());
});
