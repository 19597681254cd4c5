import type { Locator, Page } from '@playwright/test';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { block, expect, openTemplate, test } from './app-fixture.ts';
import { expectSound } from './axe.ts';

const lesson = (app: Page): Locator => app.getByRole('complementary', { name: 'Lesson' });
const next = (app: Page): Locator => lesson(app).getByRole('button', { name: 'Next' });
const readout = (app: Page): Locator => app.getByRole('status', { name: 'Training progress' });

/** Opens a lesson of the gallery. */
async function begin(app: Page, title: string): Promise<void> {
  await app.getByRole('button', { name: /^Lessons/ }).click();
  await openTemplate(app, title);
  await expect(lesson(app).getByRole('heading', { level: 2 })).toHaveText(title);
}

/** Predicts, and finds the answer told only then. */
async function predict(app: Page, choice: string, told: string): Promise<void> {
  await expect(lesson(app).getByText(told)).toBeHidden();
  await expect(next(app).or(lesson(app).getByRole('button', { name: 'Finish' }))).toBeDisabled();
  await lesson(app).getByRole('radio', { name: choice }).check();
  await lesson(app)
    .getByRole('button', { name: /^Commit/ })
    .click();
  await expect(lesson(app).getByText(told)).toBeVisible();
}

async function act(app: Page, name: string, ending: RegExp): Promise<void> {
  await lesson(app).getByRole('button', { name, exact: true }).click();
  await expect(readout(app)).toContainText(ending, { timeout: 90_000 });
}

async function goOn(app: Page, title: string): Promise<void> {
  await next(app).click();
  await expect(lesson(app).getByRole('heading', { level: 3 })).toHaveText(title);
}

/** The factor per step that the Gradients panel says. */
async function factor(app: Page): Promise<number> {
  const text = (await app.getByRole('complementary', { name: 'Diagnosis' }).textContent()) ?? '';
  return Number(/(?:Shrinks|Grows) to ([\d.]+) per step/.exec(text)?.[1] ?? NaN);
}

test('lesson: why an RNN forgets, with the numbers that the app shows', async ({ app }) => {
  await begin(app, 'Why an RNN forgets');
  await expect(app.getByRole('complementary', { name: 'Blocks' })).toBeHidden();
  await expect(app.getByRole('tab', { name: 'Code' })).toBeHidden();
  await expect(app.getByRole('tab', { name: /^Data/ })).toHaveAttribute('aria-selected', 'true');
  await goOn(app, 'Predict, then train');
  await predict(app, 'About half of them', 'It is otherwise.');
  await act(app, 'Train', /done, 1,000 steps.*test accuracy 11\.\d %/);
  await goOn(app, 'Watch the gradient go back');
  await expect(app.getByRole('img', { name: /^Gradient map/ })).toBeVisible();
  const before = await factor(app);
  expect(before).toBeGreaterThan(0.5);
  expect(before).toBeLessThan(0.59);
  await predict(app, 'About 1 in 10¹⁶', 'You predicted it.');
  await expectSound(app, 'a lesson', '.workspace-lesson');
  await goOn(app, 'The cause');
  await expect(app.getByRole('combobox', { name: 'Quantity' })).toContainText('Jacobian');
  await goOn(app, 'Would another start help?');
  await predict(app, 'Neither changes', 'It is otherwise.');
  await act(app, 'Train from an orthogonal start', /done, 1,000 steps.*test accuracy 11\.\d %/);
  await expect.poll(() => factor(app)).toBeGreaterThan(0.6);
  await goOn(app, 'What to keep');
  await lesson(app).getByRole('button', { name: 'Finish' }).click();
  await expect(lesson(app)).toBeHidden();
  await expect(app.getByRole('complementary', { name: 'Blocks' })).toBeVisible();
  await app.getByRole('button', { name: /^Back to the lesson/ }).click();
  await expect(lesson(app).getByRole('heading', { level: 3 })).toHaveText('What to keep');
});

test('lesson: gates to the rescue, from the keyboard alone', async ({ app }) => {
  await app.getByRole('button', { name: /^Lessons/ }).press('Enter');
  await app.getByRole('button', { name: /^Gates to the rescue/ }).press('Enter');
  await expect(app.getByText(/^ready/)).toBeVisible();
  const press = async (name: string | RegExp): Promise<void> => {
    await lesson(app).getByRole('button', { name }).focus();
    await app.keyboard.press('Enter');
  };
  const choose = async (steps: number): Promise<void> => {
    await lesson(app).getByRole('radio').first().focus();
    await app.keyboard.press('Space');
    for (let step = 0; step < steps; step++) await app.keyboard.press('ArrowDown');
    await app.keyboard.press('Tab');
    await expect(lesson(app).getByRole('button', { name: /^Commit/ })).toBeFocused();
    await app.keyboard.press('Enter');
  };
  const heading = lesson(app).getByRole('heading', { level: 3 });
  await press('Train');
  await expect(readout(app)).toContainText(/done, 1,000 steps/, { timeout: 90_000 });
  await press('Next');
  await expect(heading).toHaveText('A conveyor belt');
  await expect(heading).toBeFocused();
  await choose(2);
  await expect(lesson(app).getByText('You predicted it.')).toBeVisible();
  await press('Next');
  await choose(2);
  await press('Swap for an LSTM and train');
  await expect(readout(app)).toContainText(/done, 1,000 steps.*test accuracy 100\.0 %/, { timeout: 90_000 });
  await expect(block(app, 'LSTM')).toContainText('17 units');
  await press('Next');
  await expect(heading).toHaveText('Read the verdict');
  const diagnosis = app.getByRole('complementary', { name: 'Diagnosis' });
  await expect(diagnosis).toContainText('Healthy');
  await expect(diagnosis).toContainText(/Keeps its size|Shrinks to 0\.9[789] per step|Grows to 1\.0/);
  await press('Next');
  await expect(app.getByRole('combobox', { name: 'Quantity' })).toContainText('gates');
  await choose(1);
  await expect(lesson(app).getByText('You predicted it.')).toBeVisible();
  await press('Next');
  await expect(app.getByRole('tab', { name: 'States' })).toHaveAttribute('aria-selected', 'true');
  await expect(app.getByRole('img', { name: /^cell state of rnn1/ })).toBeVisible();
  await press('Next');
  await expect(heading).toHaveText('What to keep');
  await press('Finish');
  await expect(lesson(app)).toBeHidden();
});

test('lesson: clipping an explosion, which stops where the text says', async ({ app }) => {
  await begin(app, 'Clipping an explosion');
  await goOn(app, 'A recurrence that grows');
  await predict(app, 'Learn for a while, then blow up', 'You predicted it.');
  await act(app, 'Train', /stopped|not finite/);
  await expect(app.getByText(/after 879 updates: the gradient of rnn1:t12 is not a finite number/).first()).toBeVisible();
  await goOn(app, 'Where it broke');
  await expect.poll(() => factor(app)).toBeGreaterThan(2.5);
  expect(await factor(app)).toBeLessThan(3.5);
  await goOn(app, 'One long step');
  await predict(app, 'It stops again, a little later', 'It is otherwise.');
  await act(app, 'Clip at norm 1 and train', /done, 1,500 steps.*RMSE 0\.14/);
  await goOn(app, 'What it does not do');
  await predict(app, 'No', 'You predicted it.');
  await goOn(app, 'What to keep');
  await expect(lesson(app).getByRole('link', { name: /Pascanu/ })).toHaveAttribute('href', 'https://arxiv.org/abs/1211.5063');
  await expectSound(app, 'a lesson', '.workspace-lesson');
  await lesson(app).getByRole('button', { name: 'Begin again' }).click();
  await expect(lesson(app).getByRole('heading', { level: 3 })).toHaveText('The task');
});

test('lesson: a hostile one is text, and runs, loads and leads to nothing', async ({ app }) => {
  const text = [
    '<script>document.title = "taken"</script>',
    '<img src=x onerror="document.title=\'taken\'">',
    '[press me](javascript:alert(1)) and [go](https://example.com/steal)',
    '![a picture](https://example.com/track.png)',
    `long${'x'.repeat(19_000)}`,
  ].join('\n\n');
  const project = { ...findScenario('names')!.project(), lesson: { id: 'h', title: '<b>Hostile</b>', steps: [{ title: '<i>One</i>', text }] } };
  const asked: string[] = [];
  app.on('request', (request) => asked.push(request.url()));
  await app.getByRole('button', { name: 'Open' }).waitFor();
  const choosing = app.waitForEvent('filechooser');
  await app.getByRole('button', { name: 'Open' }).click();
  await (await choosing).setFiles({ name: 'hostile.unroll', mimeType: 'application/json', buffer: Buffer.from(serializeProject(project)) });
  await expect(lesson(app).getByRole('heading', { level: 3 })).toHaveText('<i>One</i>');
  await expect(lesson(app).getByText('<script>document.title = "taken"</script>')).toBeVisible();
  await expect(lesson(app).getByText('press me (javascript:alert(1))')).toBeVisible();
  expect(await lesson(app).locator('script, img, a, b, i:not(.lesson-bar i)').count()).toBe(0);
  expect(await app.title()).not.toBe('taken');
  expect(asked.filter((address) => address.includes('example.com'))).toEqual([]);
  const box = await lesson(app).boundingBox();
  const size = app.viewportSize();
  expect(box!.x + box!.width).toBeLessThanOrEqual(size!.width);
});

test('lesson: the place reached is no undo step and outlives a reload, and everything can be shown at any time', async ({ app }) => {
  await begin(app, 'Gates to the rescue');
  await goOn(app, 'A conveyor belt');
  await expect(app.getByRole('button', { name: 'Undo' }).first()).toHaveAttribute('aria-disabled', 'true');
  await app.reload();
  await expect(lesson(app).getByRole('heading', { level: 3 })).toHaveText('A conveyor belt');
  await lesson(app).getByRole('button', { name: 'Show everything' }).click();
  await expect(app.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  await expect(app.getByRole('tab', { name: 'Code' })).toBeVisible();
  await app.keyboard.press('Control+k');
  await app.keyboard.type('back to the lesson');
  await app.keyboard.press('Enter');
  await expect(lesson(app).getByRole('heading', { level: 3 })).toHaveText('A conveyor belt');
});
