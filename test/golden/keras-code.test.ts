import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeKerasCode, writeKerasProject } from '../../src-engine/exchange/keras/write-keras.ts';
import { readWeights } from '../../src-engine/exchange/weights-file.ts';
import { readGoldens, trainedModelOf } from './golden-file.ts';

const GOLDENS = readGoldens();
const withNumpy = ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import numpy']).status === 0);

const READ_ONLY = `
import ast, json, sys
print(json.dumps({job["name"]: 0 if ast.parse(job["code"]) else 1 for job in json.load(sys.stdin)}))
`;

it(`the generated Keras code ${withNumpy === undefined ? 'is Python (there is no numpy here to run it)' : "gives the golden outputs over Keras' equations written anew in numpy"}`, () => {
  const script = join(import.meta.dirname, 'run_keras_models.py');
  const jobs = GOLDENS.map((golden) => ({
    name: golden.name,
    code: writeKerasCode(trainedModelOf(golden)),
    golden: join(import.meta.dirname, `${golden.name}.json`),
  }));
  const ran = spawnSync(withNumpy ?? 'python3', withNumpy === undefined ? ['-c', READ_ONLY] : [script], {
    input: JSON.stringify(jobs),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect(ran.stderr).toBe('');
  const differences = JSON.parse(ran.stdout) as Record<string, number>;
  expect(Object.keys(differences)).toHaveLength(GOLDENS.length);
  expect(Object.entries(differences).filter(([, difference]) => !(difference < 1e-8))).toEqual([]);
}, 60_000);

it('every file of the Keras project is Python, and its weights are those of the model', () => {
  const jobs = GOLDENS.slice(0, 5).flatMap((golden) => {
    const model = trainedModelOf(golden);
    const files = writeKerasProject(model, { batches: [], answers: [], loss: null });
    expect(readWeights(files.find(({ path }) => path === 'weights.safetensors')!.bytes, model.project, model.signature)).toEqual(model.parameters);
    const code = files.filter(({ path }) => path.endsWith('.py'));
    return code.map(({ path, bytes }) => ({ name: `${golden.name}/${path}`, code: new TextDecoder().decode(bytes) }));
  });
  const ran = spawnSync('python3', ['-c', READ_ONLY], { input: JSON.stringify(jobs), encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(Object.keys(JSON.parse(ran.stdout) as object)).toEqual(jobs.map(({ name }) => name));
});
