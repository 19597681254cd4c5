import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModel, type ModelInput } from '../../src-engine/exchange/runtime/runtime.ts';
import { numpyExample, runtimeReadme } from '../../src-engine/exchange/runtime-readme.ts';
import type { TrainedModel } from '../../src-engine/exchange/trained-model.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { runtime } from '../../src-main/launch/parts.mjs';
import { readGoldens, trainedModelOf } from './golden-file.ts';

/** One of each cell with each of its options, each input and each head. */
const NAMES = ['rnn-tanh', 'rnn-relu', 'rnn-sigmoid', 'gru-before', 'gru-after', 'lstm', 'lstm-peephole', 'lstm-coupled', 'lstm-peephole-coupled'].concat([
  'embedding-trainable',
  'one-hot',
  'head-sigmoid-two',
  'head-sigmoid-four',
  'head-numbers',
  'gru-state',
]);
const MODELS: readonly (readonly [string, TrainedModel])[] = readGoldens().flatMap((golden) =>
  NAMES.includes(golden.name) ? [[golden.name, trainedModelOf(golden)] as const] : [],
);
const FILE = 'a model.model.json';
const withNumpy = ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import numpy']).status === 0);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-readme-'));
  await ensureBuilt([runtime]);
});
afterAll(() => rm(folder, { recursive: true }));

/** What the examples read, as the text of the Node example says. */
function exampleOf(readme: string): ModelInput {
  return JSON.parse(/model\.predict\(\[(.*)\]\)\[0\]/u.exec(readme)![1]!) as ModelInput;
}

function answerOf(model: TrainedModel, readme: string): readonly number[] {
  const [answer = []] = loadModel(writeModel(model, { arrays: false })).predict([exampleOf(readme)]);
  return answer.every((each) => typeof each === 'number') ? answer : answer.at(-1)!;
}

describe('the examples beside a model', () => {
  it('are there for every cell, option, input and head that stand alone', () => {
    expect(MODELS).toHaveLength(NAMES.length);
    for (const [name, model] of MODELS) expect(numpyExample(model, FILE)?.length, name).toBeLessThanOrEqual(18);
  });

  it.each(MODELS)(
    `%s: the Python one ${withNumpy === undefined ? 'is Python (there is no numpy here to run it)' : 'gives the answer of the model'}`,
    async (name, model) => {
      const lines = numpyExample(model, FILE)!.join('\n');
      if (withNumpy === undefined) {
        expect(spawnSync('python3', ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], { input: lines, encoding: 'utf8' }).stderr).toBe('');
        return;
      }
      for (const arrays of name === 'lstm' ? [false, true] : [false]) {
        await writeFile(join(folder, FILE), writeModel(model, { arrays }));
        const ran = spawnSync(withNumpy, ['-c', lines], { cwd: folder, encoding: 'utf8' });
        expect(ran.stderr, name).toBe('');
        const expected = answerOf(model, runtimeReadme(model, FILE));
        const found = JSON.parse(ran.stdout) as number[];
        expect(found).toHaveLength(expected.length);
        for (const [column, value] of found.entries()) expect(value).toBeCloseTo(expected[column]!, 5);
      }
    },
  );

  it('the one for Node runs as it stands', async () => {
    const [name, model] = MODELS[0]!;
    const readme = runtimeReadme(model, FILE);
    const code = readme
      .slice(readme.indexOf('## In Node'))
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .slice(0, 6)
      .map((line) => line.slice(4));
    await writeFile(join(folder, FILE), writeModel(model, { arrays: false }));
    await writeFile(join(folder, 'unroll-runtime.js'), await readFile(join(import.meta.dirname, '../../out/engine/unroll-runtime.js')));
    await writeFile(join(folder, 'example.mjs'), code.join('\n'));
    const ran = spawnSync(process.execPath, ['example.mjs'], { cwd: folder, encoding: 'utf8' });
    expect(ran.stderr, name).not.toMatch(/Error/u);
    expect(ran.stdout).toContain('[');
    expect(ran.status).toBe(0);
  });
});
