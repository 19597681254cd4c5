/**
 * Imports a table of a million rows and texts of 200 MB as a session does, each in a process of its own, and prints what each took: seconds on the clock, processor
 * seconds, peak resident memory, and milliseconds from a cancel to its answer.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { totalmem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { createRandom, randomIndex } from '../../src-engine/data/random.ts';
import { ProblemError } from '../../src-engine/document/problems.ts';
import { answerDescribe } from '../../src-engine/session/answers/answer-describe.ts';
import { loadEngineFiles } from '../../src-engine/session/engine-files.ts';
import { importServices } from '../../src-engine/session/import-services.ts';

const ROWS = 1_000_000;
const TEXT_BYTES = 200 * 1024 * 1024;
/** Milliseconds after which a reading is cancelled. */
const CANCEL_AFTER = 1000;

const random = createRandom(1);
const letters = (length: number): string => Array.from({ length }, () => String.fromCharCode(97 + randomIndex(random, 26))).join('');
const words = Array.from({ length: 30_000 }, () => letters(2 + randomIndex(random, 8)));
/** Frequent words come first: half of the draws are among the square root of all. */
const word = (): string => words[Math.floor(words.length ** (randomIndex(random, 1000) / 1000)) - 1] ?? 'a';

async function write(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  for (const line of lines) if (!file.write(line)) await once(file, 'drain');
  file.end();
  await once(file, 'close');
}

function* tableLines(): Generator<string> {
  yield 'time,a,b,c,d\n';
  for (let row = 0; row < ROWS; row += 1) {
    const time = new Date(Date.UTC(2000, 0, 1) + row * 60_000).toISOString().slice(0, 19);
    yield `${time},${randomIndex(random, 100_000) / 1000},${row % 60},${randomIndex(random, 1000)},${Math.sin(row / 100).toFixed(4)}\n`;
  }
}

function* textLines(): Generator<string> {
  const lines = Array.from({ length: 2000 }, () => `${Array.from({ length: 100 }, word).join(' ')}.\n`);
  for (let bytes = 0; bytes < TEXT_BYTES;) {
    const line = lines[randomIndex(random, lines.length)] ?? '';
    bytes += line.length;
    yield line;
  }
}

/** In a process of its own: reads to the end, then again until it is cancelled. */
async function measure(path: string, unit: string): Promise<void> {
  const engine = await loadEngineFiles(join(import.meta.dirname, '../../out/engine'));
  const options = unit === '' ? {} : { unit };
  const read = async (cancelled: () => boolean): Promise<string> => {
    const imports = importServices({ folder: null, tell: () => undefined, cancelled, now: () => performance.now(), memory: totalmem() });
    const request = { source: `file:${path}`, options, chosen: true, depth: 'all' as const, name: 'measured' };
    try {
      const { problems, rows } = await answerDescribe(request, engine, imports);
      return problems[0]?.message ?? `${rows.toLocaleString('en')} rows`;
    } catch (error) {
      if (error instanceof ProblemError) return error.problems[0]?.code ?? '';
      throw error;
    }
  };
  const began = performance.now();
  const before = process.cpuUsage();
  const found = await read(() => false);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peak = process.resourceUsage().maxRSS / 1024;
  let asked = 0;
  setTimeout(() => (asked = performance.now()), CANCEL_AFTER);
  const ended = await read(() => asked > 0);
  const latency = performance.now() - asked;
  const cpu = (user + system) / 1e6;
  console.log(
    `${found}: ${seconds.toFixed(1)} s, processor ${cpu.toFixed(1)} s, peak ${Math.round(peak)} MiB, cancelled (${ended}) in ${Math.round(latency)} ms`,
  );
}

const [, script = '', path, unit] = process.argv;
if (path !== undefined) await measure(path, unit ?? '');
else {
  const folder = await mkdtemp(join(tmpdir(), 'unroll-import-'));
  try {
    await write(join(folder, 'table.csv'), tableLines());
    await write(join(folder, 'text.txt'), textLines());
    for (const [file, how] of [
      ['table.csv', ''],
      ['text.txt', 'word'],
      ['text.txt', 'character'],
    ] as const) {
      process.stdout.write(`${file} ${how} `);
      spawnSync(process.execPath, [script, join(folder, file), how], { stdio: 'inherit' });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}
