import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEngine, jsonLines, openCommandLine, type CommandLine } from './cli-fixture.ts';

const TRAIN = ['train', '--scenario', 'names', '--set', 'training.batchSize=64', '--threads', '1', '--json'];
const KILLS = 12;
/** Built: it is started 13 times. */
const program = join(import.meta.dirname, '../../out/main/cli.js');

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
}, 300_000);
afterAll(() => cli.close());

/** What a model is, less the time that it took. */
async function modelIn(folder: string): Promise<unknown> {
  const { parameters, signature, history } = JSON.parse(await readFile(join(folder, 'm.model.json'), 'utf8')) as Record<string, unknown>;
  return { parameters, signature, history };
}

describe('checkpoint: one file with a checksum, previous kept; resume is bit-identical', () => {
  it('every so many updates, with the one before it, and says so', async () => {
    const ran = await cli.run([...TRAIN, '--steps', '400', '--checkpoint-every', '20']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(jsonLines(ran)).toContainEqual({ event: 'checkpoint', path: 'Names.checkpoint' });
    expect(await readdir(cli.folder)).toEqual(expect.arrayContaining(['Names.checkpoint']));
  });

  it('refuses what is neither updates nor seconds', async () => {
    for (const every of ['often', '0', '1.5', '-3', '30m']) {
      const ran = await cli.run([...TRAIN, '--steps', '1', `--checkpoint-every=${every}`]);
      expect([ran.code, ran.err], every).toEqual([1, expect.stringContaining('neither updates nor seconds') as string]);
    }
  });

  it('one that cannot be written is said, and training goes on', async () => {
    const fileSystem = await import('node:fs/promises');
    const full = { ...fileSystem, rename: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) };
    const ran = await cli.run([...TRAIN, '--steps', '300', '--checkpoint-every', '20'], { fileSystem: full });
    expect(ran.code).toBe(0);
    expect(ran.err).toContain('the disk is full (ENOSPC)');
    expect(ran.err).toContain('Training goes on without a checkpoint.');
  });

  it(`killed with -9 at ${KILLS} random moments and resumed, the training ends bit for bit as the uninterrupted one`, { timeout: 600_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unroll-resume-'));
    const steps = ['--steps', '3000', '--out', 'm.model.json'];
    expect((await cli.run([...TRAIN, ...steps])).code).toBe(0);
    const whole = await modelIn(cli.folder);

    const random = xoroshiro128plus(11);
    let [kills, resumed] = [0, 0];
    for (;;) {
      const last = (await readdir(folder)).includes('Names.checkpoint');
      if (last) resumed += 1;
      const args = [...TRAIN, ...steps, '--checkpoint-every', '10', ...(last ? ['--resume', 'Names.checkpoint'] : [])];
      const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
      let killing = false;
      child.stdout.on('data', () => {
        if (killing || kills === KILLS) return;
        killing = true;
        setTimeout(() => child.kill('SIGKILL'), ((random.next() >>> 0) / 2 ** 32) * 400);
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      if (code === null) kills += 1;
      else {
        expect(code).toBe(0);
        break;
      }
    }
    expect(await modelIn(folder)).toEqual(whole);
    await rm(folder, { recursive: true });
    process.stdout.write(`kills | training on the command line | ${kills} killed | ${resumed} resumed | end bit-identical | 0 lost\n`);
  });
});
