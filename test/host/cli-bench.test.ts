import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBenchmark } from '../../src-main/cli/run-benchmark.ts';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';

const BENCH = join(import.meta.dirname, '../bench/bench.ts');

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
}, 120_000);
afterAll(() => cli.close());

describe('bench', () => {
  it('runs the benchmark of the checkout with the flags it was given', async () => {
    const asked: (readonly string[])[] = [];
    const benchmark = (flags: readonly string[]) => {
      asked.push(flags);
      return Promise.resolve(0);
    };
    expect(await cli.run(['bench'], { benchmark })).toMatchObject({ code: 0 });
    expect(await cli.run(['bench', '--json', '--peers', '--quick'], { benchmark })).toMatchObject({ code: 0, out: '' });
    expect(asked).toEqual([[], ['--peers', '--quick', '--json']]);
    expect(await cli.run(['bench'], { benchmark: () => Promise.resolve(1) })).toMatchObject({ code: 2 });
  });

  it('says where to run it where there is no checkout', async () => {
    const ran = await cli.run(['bench'], { benchmark: (flags) => runBenchmark(join(cli.folder, 'out/engine'), flags) });
    expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^U050 .*npm run bench/u) as string });
  });

  it('prints the JSON that formats.md has, every key of it, and the tables on standard error', { timeout: 180_000 }, async () => {
    const ran = await benchJson();
    expect(ran.code, ran.err).toBe(0);
    expect(ran.err).toMatch(/slope of ln\(step time\)/u);
    const result = JSON.parse(ran.out) as Record<string, readonly Record<string, unknown>[]>;
    expect(Object.keys(result)).toEqual(['machine', 'rows', 'compile', 'threads', 'probes', 'peakShare', 'inference']);
    const { rows } = result;
    expect(rows!.map(({ cell }) => cell)).toEqual(['rnn', 'rnn', 'gru', 'gru', 'lstm', 'lstm']);
    for (const row of rows!) {
      expect(Object.keys(row)).toEqual(['cell', 'shape', 'ours', 'torch', 'tfjs', 'ratioTorch', 'ratioTfjs']);
      expect(Object.keys(row['shape'] as object)).toEqual(['input', 'hidden', 'layers', 'batch', 'steps']);
      expect(row['ours']).toEqual({ ms: expect.any(Number) as number, threads: expect.any(Number) as number });
      const { ours, torch, ratioTorch } = row as { ours: { ms: number }; torch: { ms: number; threads: number } | null; ratioTorch: number | null };
      expect(ratioTorch).toBe(torch === null ? null : ours.ms / torch.ms);
    }
    expect(result['compile']!.map((row) => row['steps'])).toEqual([10, 100, 1000]);
    expect(result['threads']![0]).toEqual({ count: 1, stepsPerSecond: expect.any(Number) as number });
    expect(result['peakShare']).toBeGreaterThan(0);
    expect(Object.keys(result['inference']![0]!)).toEqual(['cell', 'shape', 'microseconds']);
  });
});

function benchJson(): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BENCH, '--quick', '--json']);
    let [out, err] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
}
