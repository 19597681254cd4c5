import { chromium, type CDPSession, type Page } from '@playwright/test';
import { decodeLossFrame } from '../../src-engine/history/decode-frames.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { names } from '../../src-engine/scenarios/names.ts';
import { chromiumLaunch } from '../../src-main/launch/chromium.mjs';
import { startHost } from '../app/app-fixture.ts';
import { HostInspector } from './host-memory.ts';
import { slopeOf, type Sample } from './slope.ts';

/**
 * A long run in the built app, with the window open: `npm run bench -- --long MINUTES`. Prints how the memory of page and host goes, whether every step
 * came once, and how honest the time left was. Heaps are read after a collection; what is resident, before it.
 */
const SIZE = { width: 1440, height: 900 };
/** Samples of the first fifth are left out: stores fill up, caches warm. */
const WARM = 0.2;
const SAMPLES = 60;
const CALIBRATION = 8000;

interface Progress {
  readonly at: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly stepsPerSecond: number;
  readonly secondsLeft: number | null;
}

/** What came over the socket. */
class Heard {
  readonly progress: Progress[] = [];
  steps = 0;
  next = 1;
  missing = 0;
  twice = 0;
  /** Lines to the host that were cut. */
  cuts = 0;
  done = false;

  watch(page: Page): void {
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => {
        if (typeof payload === 'string') this.#text(payload);
        else if (payload[0] === 1) this.#losses(payload.subarray(1));
      });
      socket.on('close', () => (this.cuts += 1));
    });
  }

  #text(text: string): void {
    interface Said {
      readonly event?: string;
      readonly payload?: Progress;
    }
    for (const { event, payload } of [JSON.parse(text) as Said | readonly Said[]].flat() as readonly Said[]) {
      if (event === 'progress' && payload !== undefined) this.progress.push({ ...payload, at: performance.now() });
      if (event === 'done') this.done = true;
    }
  }

  #losses(bytes: Uint8Array): void {
    for (const step of decodeLossFrame(Uint8Array.from(bytes)).step) {
      this.steps += 1;
      if (step < this.next) this.twice += 1;
      else this.missing += step - this.next;
      this.next = Math.max(this.next, step + 1);
    }
  }
}

async function openProject(page: Page, epochs: number): Promise<void> {
  const project = names.project();
  const text = serializeProject({ ...project, name: `Names ${epochs}`, training: { ...project.training, epochs } });
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+o');
  await (await chooser).setFiles({ name: `names-${epochs}.unroll`, mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.getByText(/^ready/).waitFor();
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

/** Epochs that take about so many minutes here and now. */
async function calibrate(page: Page, heard: Heard, minutes: number): Promise<number> {
  const epochs = 100_000;
  await openProject(page, epochs);
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(CALIBRATION);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  const last = heard.progress.at(-1);
  if (last === undefined) throw new Error('no progress came');
  return Math.max(2, Math.round((minutes * 60 * last.stepsPerSecond) / (last.totalSteps / epochs)));
}

function report(name: string, samples: readonly Sample[]): void {
  const { slope, error } = slopeOf(samples.slice(Math.floor(samples.length * WARM)));
  const [first, last] = [samples[0]?.mebibytes ?? Number.NaN, samples.at(-1)?.mebibytes ?? Number.NaN];
  console.log(`  ${name.padEnd(10)} ${first.toFixed(1)} to ${last.toFixed(1)} MiB; slope ${slope.toFixed(3)} ± ${error.toFixed(3)} MiB a minute`);
}

/** Of the time left that was said after the first tenth, down to the last twentieth: how far it was from what it took. */
function reportHonesty(progress: readonly Progress[], end: number): void {
  const begun = progress[0]?.at ?? end;
  const whole = (end - begun) / 1000;
  const errors = progress.flatMap(({ at, secondsLeft }) => {
    const left = (end - at) / 1000;
    if (secondsLeft === null || at - begun < 100 * whole || left < whole / 20) return [];
    return [Math.abs(secondsLeft - left) / left];
  });
  const within = errors.filter((error) => error <= 0.2).length;
  console.log(
    `  time left  ${errors.length} times said; within 20 % of what it took: ${((100 * within) / errors.length).toFixed(1)} %; furthest off ${(100 * Math.max(...errors)).toFixed(1)} %`,
  );
}

/** Trains for about so many minutes and prints what became of memory, events and time left. */
export async function benchLongRun(minutes: number): Promise<void> {
  const host = await startHost();
  const browser = await chromium.launch(chromiumLaunch());
  const context = await browser.newContext({ viewport: SIZE });
  const page = await context.newPage();
  const trial = new Heard();
  trial.watch(page);
  await page.goto(host.address);
  await page.getByRole('button', { name: /^Names [A-Z]/ }).waitFor();
  const epochs = await calibrate(page, trial, minutes);

  const watched = await context.newPage();
  await page.close();
  const heard = new Heard();
  heard.watch(watched);
  await watched.goto(new URL('/', host.address).href);
  // What was tried trains on in the host: the window comes up with it.
  await watched.getByRole('button', { name: 'Templates' }).waitFor();
  await openProject(watched, epochs);
  heard.progress.length = 0;
  const session = await context.newCDPSession(watched);
  await watched.keyboard.press('Control+Enter');
  const began = performance.now();
  const inspector = await HostInspector.open(host.processId);
  const [heap, resident, live]: [Sample[], Sample[], Sample[]] = [[], [], []];
  while (!heard.done && performance.now() - began < minutes * 3 * 60_000) {
    await watched.waitForTimeout((minutes * 60_000) / SAMPLES);
    const at = (performance.now() - began) / 60_000;
    heap.push({ minutes: at, mebibytes: await heapOf(session) });
    const memory = await inspector.measure();
    resident.push({ minutes: at, mebibytes: memory.resident });
    live.push({ minutes: at, mebibytes: memory.live });
    const left = heard.progress.at(-1)?.secondsLeft ?? Number.NaN;
    console.log(
      `  ${at.toFixed(1).padStart(5)} min  heap ${heap.at(-1)?.mebibytes.toFixed(1)}  host ${memory.resident.toFixed(1)}, live ${memory.live.toFixed(1)} MiB  step ${heard.next - 1}  left ${(left / 60).toFixed(1)} min`,
    );
  }
  const { progress, steps, missing, twice, cuts, done } = heard;
  const end = progress.at(-1)?.at ?? performance.now();
  console.log(`Long run: Names, ${epochs} epochs, ${steps} steps in ${((end - began) / 60_000).toFixed(1)} minutes${done ? '' : ', not done'}`);
  report('page heap', heap);
  report('host live', live);
  report('resident', resident);
  console.log(`  events     ${steps} steps told, ${missing} missing, ${twice} told twice; the line was cut ${cuts} times`);
  reportHonesty(progress, end);
  inspector.close();
  await browser.close();
  await host.close();
}
