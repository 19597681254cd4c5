import type { Locator, Page } from '@playwright/test';
import { block, expect, openTemplate, test } from './app-fixture.ts';
import { openImport } from './data-steps.ts';

/** Sizes of the window in CSS px; a window of 1440x900 at 200 % is one of half its size. */
const SIZES = [
  { name: '1024x700', width: 1024, height: 700 },
  { name: '2560x1440', width: 2560, height: 1440 },
  { name: '1440x900 at 150 %', width: 960, height: 600 },
  { name: '1440x900 at 200 %', width: 720, height: 450 },
] as const;

/** How far the page is larger than the window, in px. */
function overflow(app: Page): Promise<readonly number[]> {
  return app.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement;
    return [scrollWidth - window.innerWidth, scrollHeight - window.innerHeight];
  });
}

async function expectToFit(app: Page, place: string): Promise<void> {
  expect(await overflow(app), `${place}: px beyond the window`).toEqual([0, 0]);
}

/** Which of the controls, scrolled to, are not wholly in the window or lie under something else. */
async function expectReachable(controls: Locator, name: string, least = 1): Promise<void> {
  await expect(controls.nth(least - 1), `${name} ${least}`).toBeAttached();
  const hidden = await controls.evaluateAll((all) =>
    all
      .filter((control) => {
        control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
        const { left, right, top, bottom } = control.getBoundingClientRect();
        const inside = left >= -1 && top >= -1 && right <= window.innerWidth + 1 && bottom <= window.innerHeight + 1;
        const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return !inside || over === null || !(control.contains(over) || over.closest('label')?.contains(control) === true);
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent),
  );
  expect(hidden, `${name}: out of reach`).toEqual([]);
}

for (const { name, width, height } of SIZES) {
  test.describe(`in a window of ${name}`, () => {
    test.use({ viewport: { width, height } });

    test('every template, the import of data and what is on top of a project are reached, and a block is added from the palette', async ({ app }) => {
      await expectToFit(app, 'gallery');
      await expectReachable(app.getByRole('list', { name: 'Templates' }).getByRole('button'), 'template', 8);
      await expectReachable(app.getByRole('textbox', { name: 'Find a template' }), 'search');
      await expectReachable(app.getByRole('button', { name: 'Empty project' }), 'Empty project');

      await openImport(app);
      await expectToFit(app, 'import of data');
      await expectReachable(app.getByRole('dialog').getByRole('button'), 'button of the import', 4);
      await app.keyboard.press('Escape');

      await openTemplate(app, 'Names');
      await expectToFit(app, 'a project');
      await expectReachable(app.getByRole('banner').getByRole('button', { disabled: false }), 'button on top', 6);
      await app.keyboard.press('Control+k');
      await expectReachable(app.getByRole('dialog').getByRole('option').first(), 'first command');
      await expectReachable(app.getByRole('dialog').getByRole('option').last(), 'last command');
      await app.keyboard.press('Escape');

      // Where the blocks are folded to their letters they open under the pointer.
      await app.getByRole('navigation', { name: 'Blocks' }).hover();
      await app.getByRole('combobox', { name: 'Find a block' }).fill('dropout');
      const option = app.getByRole('option', { name: /^Dropout/ });
      await expectReachable(option, 'Dropout');
      await option.dblclick();
      await expect(block(app, 'Dropout')).toBeVisible();
    });

    test('a model is trained, its cell changed and every panel read', async ({ app }) => {
      await openTemplate(app, 'Names');
      await app.getByRole('button', { name: 'Train', exact: true }).click();
      await block(app, 'RNN').click();
      const inspector = app.getByRole('complementary', { name: 'Inspector' });
      await expectReachable(inspector.getByRole('combobox').or(inspector.getByRole('textbox')), 'field', 3);
      await expectToFit(app, 'a cell and its equations');

      for (const panel of ['Scores', 'Gradients', 'Memory', 'States', 'Samples', 'Runs', 'Data', 'Problems']) {
        await app.getByRole('tab', { name: new RegExp(`^${panel}`) }).click();
        await expectToFit(app, panel);
      }
      for (const view of ['Unrolled', 'Code']) {
        await app.getByRole('tab', { name: view }).click();
        await expectToFit(app, view);
      }
      await app.getByRole('tab', { name: 'Unrolled' }).click();
      await app.getByRole('radio', { name: 'one example' }).click();
      for (const phase of ['forward', 'backward', 'update']) await expectReachable(app.getByRole('button', { name: phase, exact: true }), phase);
      await expectReachable(app.getByRole('button', { name: 'Frame all steps' }), 'Frame all steps');
      const picture = await app.getByRole('grid', { name: /^The model unrolled/ }).boundingBox();
      expect(picture?.height, 'room for the picture').toBeGreaterThan(120);
    });
  });
}
