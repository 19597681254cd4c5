import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { hostFlags, hostMemory } from '../../src-main/launch/runtime.mjs';

const program = path.join(import.meta.dirname, '../../out/main/web.js');

interface RunningHost {
  /** Can be opened once: it carries the launch token. */
  readonly address: string;
  readonly processId: number;
  /** The folder that it keeps its user's things in. */
  readonly folder: string;
  readonly close: () => Promise<void>;
  /** Ends it as a power cut would; its folder stays. */
  readonly kill: () => Promise<void>;
}

/**
 * The built browser host as a process of its own, on a free port, with what `more` adds to its environment. Its user's things lie in a folder that goes
 * with it: of its own, or that of a host before it.
 */
export async function startHost(more: Readonly<Record<string, string>> = {}, before?: RunningHost): Promise<RunningHost> {
  const data = before?.folder ?? (await mkdtemp(path.join(tmpdir(), 'unroll-data-')));
  const env = { ...hostMemory, ...process.env, XDG_DATA_HOME: data, LOCALAPPDATA: data, ...more };
  const child = spawn(process.execPath, [...hostFlags, program, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'], env });
  const address = await printedAddress(child);
  return {
    address,
    processId: child.pid ?? 0,
    folder: data,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function printedAddress(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the host has no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /https?:\S+/.exec(line);
    if (found !== null) return found[0];
  }
  throw new Error('the host ended without printing its address');
}

interface AppFixtures {
  /** The app as it opens: the gallery. Fails the test on an error in the page. */
  readonly app: Page;
}

export const test = base.extend<AppFixtures>({
  app: async ({ page }, use) => {
    const host = await startHost();
    const errors: string[] = [];
    const hear = (error: Error): void => void errors.push(error.message);
    page.on('pageerror', hear);
    await page.goto(host.address);
    await page.getByRole('list', { name: 'Templates' }).waitFor();
    await use(page);
    // What the page was still fetching fails with the host.
    page.off('pageerror', hear);
    await host.close();
    expect(errors, 'errors in the page').toEqual([]);
  },
});

export { expect };

/** Opens a template from the gallery and waits until its data is loaded. */
export async function openTemplate(app: Page, title: string): Promise<void> {
  await app.getByRole('button', { name: new RegExp(`^${title}`) }).click();
  await expect(app.getByText(/^ready/)).toBeVisible();
}

/** A block on the canvas by the start of its name, e.g. `Embedding`. */
export function block(app: Page, name: string): Locator {
  return app.getByRole('region', { name: 'Canvas' }).getByRole('group', { name: new RegExp(`^${name}\\b`) });
}

/** A port of a block, by the block's id in the document. */
export function port(app: Page, node: string, name: string): Locator {
  return app.locator(`.port[data-nodeid="${node}"][data-handleid="${name}"]`);
}

/** Drags from the middle of one thing to the middle of another, or to a place in the window. */
export async function drag(app: Page, from: Locator, to: Locator | { readonly x: number; readonly y: number }): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const start = await middleOf(from);
  const end = 'x' in to ? to : await middleOf(to);
  await app.mouse.move(start.x, start.y);
  await app.mouse.down();
  await app.mouse.move(start.x + 8, start.y + 4, { steps: 3 });
  await app.mouse.move(end.x, end.y, { steps: 12 });
  await app.mouse.up();
}

export async function middleOf(place: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
