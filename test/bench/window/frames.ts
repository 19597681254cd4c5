import type { Page } from '@playwright/test';

/** Milliseconds between frames of the page while something is done with the pointer. */
export interface Frames {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
  /** Processor time of the page's processes, drawing included, for each frame: what remains comparable on a busy machine. */
  readonly work: number;
}

/** Records every frame while `work` runs. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    const state = { times, on: true };
    Object.assign(window, { benchFrames: state });
    const tick = (time: number): void => {
      times.push(time);
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const before = await processorTime(page);
  await work();
  const spent = (await processorTime(page)) - before;
  const times = await page.evaluate(() => {
    const state = (window as unknown as { benchFrames: { times: number[]; on: boolean } }).benchFrames;
    state.on = false;
    return state.times;
  });
  const gaps = times.slice(1).map((time, place) => time - (times[place] ?? time));
  gaps.sort((a, b) => a - b);
  const at = (share: number): number => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))] ?? 0;
  return { count: gaps.length, median: at(0.5), p95: at(0.95), longest: gaps.at(-1) ?? 0, work: spent / Math.max(1, gaps.length) };
}

/** Milliseconds of processor time that the browser's drawing processes have used so far. */
async function processorTime(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) return 0;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}

/** Moves the pointer in a circle around where it stands, one step a frame. */
export async function circle(page: Page, from: { readonly x: number; readonly y: number }, radius: number, steps: number): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    const angle = (2 * Math.PI * step) / steps;
    await page.mouse.move(from.x + radius * Math.sin(angle), from.y + radius * (1 - Math.cos(angle)));
  }
}

export function framesText({ count, median, p95, longest, work }: Frames): string {
  return `median ${median.toFixed(1)} ms, 95 % under ${p95.toFixed(1)} ms, longest ${longest.toFixed(1)} ms (${count} frames, ${work.toFixed(1)} ms of processor each)`;
}
