import type { Browser, Page } from '@playwright/test';
import { openTemplate } from '../../app/app-fixture.ts';

/** The docked panels in two rows, none behind another. */
const ROWS = [
  ['loss', 'gradients', 'states'],
  ['scores', 'memory', 'samples', 'runs', 'data'],
];
const HEIGHT = 560;

/** What the window keeps of its arrangement, as far as this changes it. */
interface Workspace {
  dockHeight: number;
  dockLayout: { grid: { width: number; height: number; orientation: string; root: unknown }; panels: Record<string, unknown>; activeGroup: string };
}

/** A window with a template open and its dock as somebody could arrange it by dragging tabs: every panel is in sight at once. */
export async function openWithAllPanels(browser: Browser, address: string, template: string, size: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport: size });
  const first = await context.newPage();
  await first.goto(address);
  await openTemplate(first, template);
  // What the window remembers is written when its arrangement changes.
  await first.getByRole('tab', { name: /^States/ }).click();
  await first.waitForFunction(() => localStorage.getItem('unroll.workspace')?.includes('"panels"'));
  const kept = await first.evaluate(() => localStorage.getItem('unroll.workspace'));
  await first.close();
  const page = await context.newPage();
  await page.addInitScript(
    (text) => {
      localStorage.setItem('unroll.workspace', text);
    },
    inRows(kept ?? ''),
  );
  await page.goto(new URL(address).origin);
  await openTemplate(page, template);
  return page;
}

function inRows(kept: string): string {
  const workspace = JSON.parse(kept) as Workspace;
  const { grid, panels } = workspace.dockLayout;
  const present = ROWS.map((row) => row.filter((id) => id in panels));
  const rest = Object.keys(panels).filter((id) => !ROWS.flat().includes(id));
  const leaf = (id: string, size: number, others: readonly string[] = []) => ({
    type: 'leaf',
    size,
    data: { views: [id, ...others], activeView: id, id: `group-${id}` },
  });
  const branch = (row: readonly string[], others: readonly string[]) => ({
    type: 'branch',
    size: HEIGHT / ROWS.length,
    data: row.map((id, place) => leaf(id, grid.width / row.length, place === row.length - 1 ? others : [])),
  });
  const root = { type: 'branch', size: grid.width, data: present.map((row, place) => branch(row, place === present.length - 1 ? rest : [])) };
  const dockLayout = { ...workspace.dockLayout, grid: { ...grid, height: HEIGHT, orientation: 'VERTICAL', root }, activeGroup: 'group-gradients' };
  return JSON.stringify({ ...workspace, dockHeight: HEIGHT, dockCollapsed: false, dockLayout });
}
