import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium, type Browser, type Locator, type Page } from '@playwright/test';
import { build } from 'vite';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import type { Project } from '../../src-engine/document/project.ts';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { startHost } from '../app/app-fixture.ts';
import { circle, framesDuring, framesText, type Frames } from './window/frames.ts';
import { nestedBlocks, projectWith, rowsOfCells } from './window/graphs.ts';
import { reportStart } from './window/start.ts';

/**
 * The window's benchmark, of the built app: `npm run bench -- --window`. Frames while a node is dragged and while the
 * canvas is panned, with 500 nodes, beside a bare React Flow of the same size in the same browser; the time to open 1,000 nodes; the time
 * of a layout of 500 nested nodes, and the longest frame meanwhile; how the window starts, and how soon a template shows its first point.
 */
const SIZE = { width: 1440, height: 900 };
const STEPS = 150;

async function bareReactFlow(browser: Browser, nodes: number): Promise<Page> {
  const outDir = await mkdtemp(join(tmpdir(), 'unroll-bench-'));
  const source = join(import.meta.dirname, 'window');
  await build({
    root: source,
    base: './',
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(source, 'bare.html'), onLog: () => undefined } },
  });
  const page = await browser.newPage({ viewport: SIZE });
  const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
  await page.route('http://bench.invalid/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ body: await readFile(join(outDir, pathname)), contentType: types[extname(pathname)] ?? 'text/plain' });
  });
  await page.goto(`http://bench.invalid/bare.html?nodes=${nodes}`);
  await page.locator('.react-flow__node').first().waitFor();
  return page;
}

/** Opens a project through the window's own dialog; milliseconds until it says so, with its nodes drawn. */
async function openProject(page: Page, project: Project): Promise<number> {
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  const files = await chooser;
  const began = performance.now();
  await files.setFiles({ name: `${project.name}.unroll`, mimeType: 'application/json', buffer: Buffer.from(serializeProject(project)) });
  await page.getByText(`Opened ${project.name}.unroll`).waitFor();
  await page.locator('.react-flow__node').first().waitFor();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  return performance.now() - began;
}

async function middleOf(place: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function dragFrames(page: Page, node: Locator): Promise<Frames> {
  const at = await middleOf(node);
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  await page.mouse.move(at.x + 6, at.y + 6, { steps: 3 });
  const frames = await framesDuring(page, () => circle(page, at, 80, STEPS));
  await page.mouse.up();
  return frames;
}

async function panFrames(page: Page, at: { readonly x: number; readonly y: number }): Promise<Frames> {
  await page.mouse.move(at.x, at.y);
  return framesDuring(page, async () => {
    for (let step = 0; step < STEPS; step++) await page.mouse.wheel(step < STEPS / 2 ? 12 : -12, step % 2 === 0 ? 6 : -6);
  });
}

async function report(name: string, page: Page): Promise<void> {
  const node = page.locator('.react-flow__node').nth(40);
  console.log(`  ${name}, drag: ${framesText(await dragFrames(page, node))}`);
  console.log(`  ${name}, pan:  ${framesText(await panFrames(page, await middleOf(page.locator('.react-flow__pane'))))}`);
}

const host = await startHost();
const browser = await chromium.launch(chromiumLaunch());
try {
  const app = await browser.newPage({ viewport: SIZE });
  await app.goto(host.address);
  await app.getByRole('heading').first().waitFor();
  console.log('500 nodes, all in sight');
  await openProject(app, projectWith('Rows', rowsOfCells(500)));
  await report('Unroll         ', app);
  // The drag is taken back, so that nothing asks whether it is to be saved.
  await app.keyboard.press('Control+z');
  const bare = await bareReactFlow(browser, 500);
  await bare.bringToFront();
  await report('bare React Flow', bare);
  await bare.close();
  await app.bringToFront();

  console.log('\n1,000 nodes');
  const loads: number[] = [];
  for (let turn = 0; turn < 3; turn++) loads.push(await openProject(app, projectWith(`Rows ${turn}`, rowsOfCells(1000))));
  console.log(`  opened in ${Math.min(...loads).toFixed(0)} to ${Math.max(...loads).toFixed(0)} ms`);

  console.log('\nLayout of 500 nested nodes');
  await openProject(app, projectWith('Nested', nestedBlocks(500)));
  // Found before and waited for by its attribute: asking for roles reads the whole page, in the very frames that are measured.
  const layOut = await app.getByRole('button', { name: 'Lay out from left to right' }).elementHandle();
  const began = performance.now();
  const frames = await framesDuring(app, async () => {
    await layOut.evaluate((button) => {
      if (button instanceof HTMLElement) button.click();
    });
    await app.locator('css=[aria-label^="Undo: Lay out"]').waitFor({ state: 'attached' });
  });
  console.log(`  ${(performance.now() - began).toFixed(0)} ms; ${framesText(frames)}`);
  await reportStart(browser, SIZE, join(import.meta.dirname, '../../out/renderer'));
} finally {
  await browser.close();
  await host.close();
}
