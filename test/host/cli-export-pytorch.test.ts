import { spawnSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from '../../src-engine/session/export/run-python-project.ts';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';

const FILES = [
  'README.md',
  'data',
  'data.py',
  'head.py',
  'model.py',
  'predict.py',
  'signature.json',
  'train.py',
  'verify.json',
  'verify.py',
  'weights.py',
  'weights.safetensors',
];

/** What `predict.py` prints for the README's example. */
const ANSWERS: Readonly<Record<string, RegExp>> = {
  names: /^\{"class": "(?:fe)?male", "probabilities": \{"female": 0\.\d+, "male": 0\.\d+\}\}$/u,
  forecast: /^\{"[^"]+": [-\d.]+\}$/u,
  addition: /^\[("[^"]+"(, )?)*\]$/u,
};

let cli: CommandLine;
const withTorch = await findPython();

beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
});
afterAll(() => cli.close());

/** A project of a template that was trained for a few updates, and what the export said. */
async function exported(scenario: string): Promise<Record<string, unknown>> {
  await cli.run(['train', '--scenario', scenario, '--steps', '3', '--out', `${scenario}.model.json`, '--json']);
  const ran = await cli.run(['export', `${scenario}.model.json`, '--to', 'pytorch', '-o', scenario, '--json']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  return JSON.parse(ran.out) as Record<string, unknown>;
}

function python(program: string, words: readonly string[], folder: string): string {
  const ran = spawnSync(program, ['-B', ...words], { cwd: join(cli.folder, folder), encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } });
  expect(ran.status, ran.stderr).toBe(0);
  return ran.stdout;
}

const losses = (text: string): number[] => [...text.matchAll(/^(?:\[\w+\]:)?step \d+ {2}loss (\S+)$/gmu)].map(([, loss]) => Number(loss));

describe('export --to pytorch', () => {
  // Classes of a sequence, numbers, a decoder with steps of its own.
  it.each(['names', 'forecast', 'addition'])(
    `%s: a project that ${withTorch === null ? 'is read back (there is no PyTorch here)' : 'answers, and has the first loss, as ours'}`,
    async (scenario) => {
      const said = await exported(scenario);
      expect(said).toMatchObject({ path: scenario, format: 'pytorch', verified: withTorch !== null, examples: 32 });
      expect(said['largestDifference']).toBeLessThan(1e-4);
      if (withTorch !== null) {
        const verified = JSON.parse(python(withTorch, ['verify.py'], scenario)) as { largestDifference: number; lossDifference: number };
        expect(verified.largestDifference).toBeLessThan(1e-5);
        expect(verified.lossDifference).toBeLessThan(1e-4);
      }
      expect((await readdir(join(cli.folder, scenario))).sort()).toEqual(FILES);
      const example = /^ {4}(\{"x": .*\})$/mu.exec(await readFile(join(cli.folder, scenario, 'README.md'), 'utf8'))?.[1] ?? '';
      await writeFile(join(cli.folder, scenario, 'inputs.jsonl'), `${example}\n${example}\n`);
      if (withTorch !== null) {
        const [one = '', two] = python(withTorch, ['predict.py', 'inputs.jsonl'], scenario).trim().split('\n');
        expect(two).toBe(one);
        expect(one).toMatch(ANSWERS[scenario]!);
      }
      await rm(join(cli.folder, scenario, 'inputs.jsonl'));
      const [first = ''] = (await readFile(join(cli.folder, scenario, 'data/train.jsonl'), 'utf8')).split('\n');
      expect(Object.keys(JSON.parse(first) as object)).toEqual(['x', 'y']);
    },
    180_000,
  );

  it('refuses a folder that is there', async () => {
    const ran = await cli.run(['export', 'names.model.json', '--to', 'pytorch', '-o', 'names']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^U051 names is there already/u);
  });

  it(withTorch === null ? 'its code is Python' : 'trains on, in one process as in two', () => {
    if (withTorch === null) {
      for (const file of FILES.filter((name) => name.endsWith('.py'))) python('python3', ['-m', 'py_compile', file], 'names');
      return;
    }
    const alone = losses(python(withTorch, ['train.py', '--steps', '4', '--out', 'alone.safetensors'], 'names'));
    // Python 3.11 and newer have no member 0 of the flags that the torchrun of PyTorch 1.13 looks up: 1 and 2 are there.
    const torchrun = ['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node', '2', '--redirects', '2', '--tee', '1', '--log_dir', 'log'];
    const together = losses(python(withTorch, [...torchrun, 'train.py', '--steps', '4'], 'names'));
    expect(alone).toHaveLength(4);
    expect(alone.every((loss) => loss > 0 && loss < 2)).toBe(true);
    for (const [step, loss] of together.entries()) expect(loss).toBeCloseTo(alone[step]!, 4);
    expect(together).toHaveLength(4);
  });
});
