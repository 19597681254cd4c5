import type { Locator, Page } from '@playwright/test';
import { block, expect, openTemplate, startHost, test } from './app-fixture.ts';

const readout = (app: Page): Locator => app.getByRole('status', { name: 'Training progress' });
const train = (app: Page): Locator => app.getByRole('button', { name: 'Train', exact: true });

async function begin(app: Page): Promise<void> {
  await openTemplate(app, 'Next character');
  await train(app).click();
  await expect(readout(app)).toContainText(/step [\d,]{3,}/);
}

/** The step the readout names. */
async function step(app: Page): Promise<number> {
  const text = await readout(app).innerText();
  return Number((/step ([\d,]+)/.exec(text)?.[1] ?? '').replaceAll(',', ''));
}

/** The first and the last step of the drawn curve, by hovering its ends. */
async function drawnFrom(app: Page): Promise<number> {
  const over = app.locator('.loss-plot .u-over');
  await over.hover({ position: { x: 1, y: 40 } });
  const text = await app.locator('.loss-entry', { hasText: /^step/ }).locator('dd').innerText();
  return Number(text.replaceAll(',', ''));
}

async function followed(app: Page, before: number): Promise<void> {
  await expect(app.getByRole('region', { name: 'Canvas' })).toBeVisible();
  await expect(block(app, 'LSTM').or(block(app, 'GRU')).first()).toBeVisible();
  await expect(readout(app)).toContainText(/step \d/);
  expect(await step(app)).toBeGreaterThanOrEqual(before);
  await expect.poll(() => drawnFrom(app)).toBe(1);
  const now = await step(app);
  await expect.poll(() => step(app)).toBeGreaterThan(now);
  await expect(app.getByRole('img', { name: /^Gradient map/ })).toBeVisible();
}

test('window reloaded or browser tab closed during training: training goes on; the view reattaches with its history', async ({ page, context }) => {
  test.slow();
  const host = await startHost();
  await page.goto(host.address);
  await begin(page);
  const before = await step(page);
  await page.reload();
  await followed(page, before);

  // The host knows every step: no gap where the window was away.
  const points = await page.evaluate(async () => {
    const socket = new WebSocket(new URL('/socket', location.href.replace('http', 'ws')));
    await new Promise((resolve) => {
      socket.onopen = resolve;
    });
    socket.send(JSON.stringify({ id: 1, name: 'runs.current', argument: {} }));
    return await new Promise<number[]>((resolve) => {
      socket.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (typeof data !== 'string') return;
        const message = JSON.parse(data) as { id?: number; reply?: { value: { session: { history: { points: string } } } } };
        if (message.id !== 1 || message.reply === undefined) return;
        socket.close();
        const bytes = Uint8Array.from(atob(message.reply.value.session.history.points), (letter) => letter.charCodeAt(0));
        const numbers = new Float64Array(bytes.buffer);
        resolve(Array.from({ length: numbers.length / 6 }, (_, index) => numbers[index * 6] ?? 0));
      };
    });
  });
  expect(points.length).toBeGreaterThan(before - 1);
  expect(points.every((each, index) => each === index + 1)).toBe(true);

  const left = await step(page);
  await page.close();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const again = await context.newPage();
  await again.goto(new URL('/', host.address).href);
  await followed(again, left + 1);
  await host.close();
});

test('edits made while training are there after a reload, and can be undone', async ({ page }) => {
  const host = await startHost();
  await page.goto(host.address);
  await begin(page);
  const cell = block(page, 'LSTM').or(block(page, 'GRU')).first();
  await cell.click();
  const units = page.getByRole('textbox', { name: 'Units' });
  await units.fill('33');
  await units.press('Enter');
  await expect(readout(page)).toContainText('edited since');
  await page.waitForTimeout(2500);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(readout(page)).toContainText('edited since');
  await expect(page.getByRole('img', { name: 'Not saved' })).toBeVisible();
  await host.close();
});

test('a second window follows the same run and says so; when it opens another project the first one is told', async ({ page, context }) => {
  test.slow();
  const host = await startHost();
  await page.goto(host.address);
  await begin(page);
  const second = await context.newPage();
  // The note goes by itself, on a busy machine before the page counts as loaded.
  const told = second.getByText(/Another window has .* open/).waitFor({ timeout: 60_000 });
  await second.goto(new URL('/', host.address).href);
  await told;
  await expect(readout(second)).toContainText(/step \d/);
  const before = await step(page);
  await expect.poll(() => step(page)).toBeGreaterThan(before);

  await second.getByRole('button', { name: 'Templates' }).click();
  await second.getByRole('button', { name: /^Names/ }).click();
  const asked = second.getByRole('dialog', { name: 'End the training of Next character?' });
  await asked.getByRole('button', { name: 'Cancel' }).click();
  const going = await step(page);
  await expect.poll(() => step(page), 'the training goes on').toBeGreaterThan(going);
  await second.getByRole('button', { name: /^Names/ }).click();
  await asked.getByRole('button', { name: 'End it' }).click();
  await expect(second.getByText(/^ready/)).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('Another window has opened Names in the engine.');
  await expect(block(page, 'LSTM').or(block(page, 'GRU')).first()).toBeVisible();
  await expect(readout(second)).toContainText('ready');
  await page.getByRole('alert').getByRole('button', { name: 'Train here' }).click();
  await expect(readout(page)).toContainText(/step \d/);
  await expect(second.getByRole('alert')).toContainText('in the engine');
  await host.close();
});

test('a second window is told of the first one also where the host answers late', async ({ page, context }) => {
  const host = await startHost();
  await page.goto(host.address);
  await begin(page);
  const second = await context.newPage();
  await second.routeWebSocket(/\/socket/u, (socket) => {
    const server = socket.connectToServer();
    // Longer than the window waits with its first picture.
    server.onMessage((message) => setTimeout(() => socket.send(message), 1000));
  });
  const told = second.getByText(/Another window has .* open/).waitFor({ timeout: 60_000 });
  await second.goto(new URL('/', host.address).href);
  await told;
  await host.close();
});
