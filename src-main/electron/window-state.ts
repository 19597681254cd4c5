import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';
import { writeFileAtomic, type WriteServices } from '../host/files/atomic-write.ts';

const side = z.int().min(-100_000).max(100_000);
const stateSchema = z.object({
  bounds: z.object({ x: side, y: side, width: side.min(1), height: side.min(1) }),
  maximised: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

export const SMALLEST = { width: 1024, height: 700 } as const;
const USUAL = { width: 1440, height: 900 } as const;
/** So much of the window's top must lie on a display, in pixels, that it can be grasped. */
const GRASP = { width: 120, height: 40 } as const;
/** Milliseconds of rest after which a moved window's place is kept. */
const REST = 500;

export function stateFile(userFolder: string): string {
  return join(userFolder, 'window.json');
}

/** As the window was left; null where that is not known. */
export function readWindowState(file: string): WindowState | null {
  try {
    return stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Where the window opens. Without a place, the system's choice: what was kept lies on a display that is no longer there, or nothing was kept. */
export function placeOf(state: WindowState | null, workAreas: readonly Rectangle[]): { width: number; height: number; x?: number; y?: number } {
  if (state === null) return { ...USUAL };
  const { x, y } = state.bounds;
  const width = Math.max(SMALLEST.width, state.bounds.width);
  const height = Math.max(SMALLEST.height, state.bounds.height);
  const seen = workAreas.some((area) => {
    const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
    return across >= GRASP.width && y >= area.y - 1 && y + GRASP.height <= area.y + area.height;
  });
  return seen ? { x, y, width, height } : { width, height };
}

/** Keeps the window's place whenever it has come to rest, so that a crash loses none of it. */
export function keepWindowState(window: BrowserWindow, file: string, services: WriteServices): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (window.isDestroyed()) return;
    const state: WindowState = { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    void writeState(file, state, services);
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, REST);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', keep);
  window.on('closed', () => {
    clearTimeout(timer);
  });
}

/** A place that cannot be kept costs only the memory of it. */
async function writeState(file: string, state: WindowState, services: WriteServices): Promise<void> {
  try {
    await services.fileSystem.mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, JSON.stringify(state), services);
  } catch {
    return;
  }
}
