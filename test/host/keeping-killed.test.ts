import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { build } from 'vite';
import { expect, it } from 'vitest';

const KILLS = 200;
/** Killed at some moment of the first milliseconds in which it writes. */
const WITHIN = 40;

interface Done {
  readonly swept: number;
  readonly kept: number;
  readonly saved: number;
  readonly checkpoint: number;
}

/** The process in one file: it is started so often that reading all its sources each time would take longer than what it does. */
async function bundledProcess(folder: string): Promise<string> {
  const [root, program] = [join(import.meta.dirname, '../..'), 'saving-process.mjs'];
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: { ssr: 'test/fixtures/processes/saving-process.ts', outDir: folder, rolldownOptions: { output: { entryFileNames: program } } },
  });
  return join(folder, program);
}

/** Starts the process and kills it so many milliseconds after its first save; what it said it had done before. */
async function killAfter(milliseconds: number, program: string, args: readonly string[]): Promise<Done> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const done = { swept: -1, kept: -1, saved: -1, checkpoint: -1 };
  const lines = createInterface({ input: child.stdout });
  let armed = false;
  lines.on('line', (line) => {
    const [what, n] = line.split(' ');
    done[what as keyof Done] = Number(n);
    if (armed || what !== 'kept') return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), milliseconds);
  });
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]);
  const [[, signal]] = (await ended) as [[unknown, string], unknown];
  expect(signal).toBe('SIGKILL');
  return done;
}

/** The number in a file that was written whole; null where it is not there. */
async function numberIn(path: string, pick: (value: Record<string, unknown>) => unknown = (value) => value): Promise<number | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const { n, pad, end } = pick(JSON.parse(text) as Record<string, unknown>) as { n: number; pad: string; end: number };
  expect([pad.length, end]).toEqual([(n * 7919) % 200_000, n]);
  return n;
}

it(
  "crash, kill -9, power cut at any moment: the user's file parses and is the old or the new one; unsaved edits are offered; orphan temp files swept",
  { timeout: 600_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unroll-killed-'));
    const [file, user] = [join(folder, 'mine.unroll'), join(folder, 'user')];
    const program = await bundledProcess(join(folder, 'program'));
    const random = xoroshiro128plus(7);
    const orphans = async (): Promise<number> => {
      const names = await Promise.all([folder, user, join(user, 'unsaved')].map((each) => readdir(each).catch(() => [])));
      return names.flat().filter((name) => name.endsWith('.tmp')).length;
    };
    let [next, before, left, sweptInAll, between] = [0, -1, 0, 0, 0];
    for (let kill = 0; kill < KILLS; kill++) {
      const done = await killAfter(((random.next() >>> 0) / 2 ** 32) * WITHIN, program, [file, user, String(next)]);
      expect(done.swept, 'swept at the start: all that the last kill left').toBe(left);
      sweptInAll += done.swept;
      const saved = (await numberIn(file)) ?? -1;
      expect(saved, 'the old one or the new one').toBeGreaterThanOrEqual(Math.max(done.saved, before));
      before = saved;
      expect(saved).toBeLessThanOrEqual(done.kept);
      const unsaved = await numberIn(join(user, 'unsaved', '3f0e8f5c-6a5b-4c49-9b53-0f4f6d1f2a10.unsaved'), ({ text }) => JSON.parse(text as string));
      expect([done.kept, done.kept + 1], 'the edits kept last').toContain(unsaved);
      const checkpoint = join(folder, 'mine.checkpoint');
      const [latest, previous] = [await numberIn(checkpoint), await numberIn(`${checkpoint}.previous`)];
      const whole = Math.max(latest ?? -1, previous ?? -1);
      expect(whole, 'one of two checkpoints is whole').toBeGreaterThanOrEqual(done.checkpoint);
      if (latest === null && previous !== null) between += 1;
      left = await orphans();
      next = done.kept + 1;
    }
    await rm(folder, { recursive: true });
    process.stdout.write(
      `kills | host that keeps, saves and takes checkpoints | ${KILLS} killed | ${next} rounds of writing | ${sweptInAll + left} orphans, ${sweptInAll} swept at the next start | ${between} between two renames of a checkpoint | 0 lost\n`,
    );
  },
);
