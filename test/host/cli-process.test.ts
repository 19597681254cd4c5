import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { commandLineParts } from '../../src-main/launch/parts.mjs';

/** The built program as scripts run it: a process of its own, with pipes and signals. */
const PROGRAM = join(import.meta.dirname, '../../out/main/cli.js');

let folder: string;
beforeAll(async () => {
  await ensureBuilt(commandLineParts);
  folder = await mkdtemp(join(tmpdir(), 'unroll-process-'));
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** `watch` sees all of standard output at each new piece and may act on the process. */
function run(args: readonly string[], watch: (out: string, child: ReturnType<typeof spawn>) => void = () => {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
      watch(out, child);
    });
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

it('exits 0, 1 and says why on standard error', async () => {
  expect(await run(['scenarios', '--json'])).toMatchObject({ code: 0, err: '' });
  expect(await run(['fly'])).toMatchObject({ code: 1, out: '' });
  expect(await run(['check', 'nowhere.unroll'])).toMatchObject({ code: 1 });
});

it('trains in the worker thread; Ctrl-C saves a checkpoint and says where', async () => {
  let interrupted = false;
  const ended = await run(['train', '--scenario', 'names', '--seconds', '60', '--json'], (out, child) => {
    if (!interrupted && out.includes('"event":"progress"')) interrupted = child.kill('SIGINT');
  });
  expect(ended.code).toBe(130);
  const lines = ended.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string; path?: string });
  expect(lines.at(-2)).toEqual({ event: 'checkpoint', path: 'Names.checkpoint' });
  expect(lines.at(-1)).toMatchObject({ event: 'done', model: null });
  expect(await readdir(folder)).toContain('Names.checkpoint');
  const resumed = await run(['train', '--scenario', 'names', '--resume', 'Names.checkpoint', '--epochs', '1', '--out', 'resumed.model.json', '--json']);
  expect(resumed).toMatchObject({ code: 0 });
  expect(await run(['evaluate', 'resumed.model.json', '--json'])).toMatchObject({ code: 0, err: '' });
}, 60_000);

it('ends quietly when its reader has gone', async () => {
  const ended = await run(['train', '--scenario', 'names', '--seconds', '20', '--json'], (_out, child) => child.stdout?.destroy());
  expect(ended.code).toBe(0);
  expect(ended.err).toBe('');
}, 60_000);

it('serves the app, says where in JSON, gives a new address at Enter, and ends at Ctrl-C', async () => {
  const addresses = new Set<string>();
  const ended = await run(['serve', '--no-open', '--json'], (out, child) => {
    for (const line of out.split('\n').slice(0, -1)) addresses.add((JSON.parse(line) as { address: string }).address);
    if (addresses.size === 1) child.stdin?.write('\n');
    else child.kill('SIGINT');
  });
  expect(ended.code).toBe(0);
  expect([...addresses].map((address) => address.replace(/:\d+\/\?token=[\w-]{32}$/u, ':PORT'))).toEqual(['http://127.0.0.1:PORT', 'http://127.0.0.1:PORT']);
}, 60_000);
