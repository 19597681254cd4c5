import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minify } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, type ModelStep, type RuntimeModel } from '../../src-engine/exchange/runtime/runtime.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { inputRows } from '../../src-engine/session/export/runtime-answers.ts';
import { ensureBuilt } from '../../src-main/launch/ensure-built.mjs';
import { runtime as runtimePart } from '../../src-main/launch/parts.mjs';
import { ModelRunner } from '../../src-engine/session/model-runner.ts';
import { kernelsOf } from '../pure/engine-under-test.ts';
import { batchOf, flat, readGoldens, trainedModelOf, type Golden, type Nested } from './golden-file.ts';

const GOLDENS = readGoldens();
const hasDecoder = ({ project }: Golden): boolean => JSON.stringify(project).includes('"decoder"');

function runtimeOf(golden: Golden): { readonly runtime: RuntimeModel; readonly causal: boolean } {
  const runtime = loadModel(writeModel(trainedModelOf(golden), { arrays: false }));
  try {
    runtime.stream();
    return { runtime, causal: true };
  } catch {
    return { runtime, causal: false };
  }
}

function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  return expected.reduce((largest, value, place) => Math.max(largest, Math.abs(value - actual[place]!) / Math.max(1, Math.abs(value))), 0);
}

describe('unroll-runtime on the exported JSON', () => {
  let engine: EngineFiles;
  beforeAll(async () => {
    engine = { kernels: await kernelsOf('reference'), assets: () => Promise.reject(new Error('no assets here')) };
  });

  it.each(GOLDENS)('$name: the golden outputs; of a decoder, what the engine answers by itself', (golden) => {
    const model = trainedModelOf(golden);
    const batch = batchOf(golden);
    const runtime = loadModel(writeModel(model, { arrays: false }));
    const expected = hasDecoder(golden) ? (new ModelRunner(model, engine).answers(batch) as Nested[]) : golden.outputs;
    const steps = (row: number): number | undefined =>
      'ownSteps' in golden.signature.output ? (expected[row] as readonly Nested[]).length : batch.lengths[row];
    const found = inputRows(batch, golden.signature).map((row, b) => runtime.predict([row], steps(b))[0]!);
    expect(largestDifference(flat(found), flat(expected))).toBeLessThan(1e-6);
  });

  const streamed = GOLDENS.filter((golden) => runtimeOf(golden).causal);
  it.each(streamed)('$name: read step by step it answers as it does to whole sequences', (golden) => {
    const { runtime } = runtimeOf(golden);
    const rows = inputRows(batchOf(golden), golden.signature);
    const stream = runtime.stream();
    for (const [b, row] of rows.entries()) {
      stream.reset();
      const steps: readonly ModelStep[] =
        golden.signature.input.kind === 'vector'
          ? Array.from({ length: golden.batch.lengths[b]! }, () => row as readonly number[])
          : [...(row as readonly ModelStep[])];
      const answers = steps.map((step) => [...stream.push(step)]);
      const [whole] = runtime.predict([row], golden.batch.lengths[b]);
      expect(Array.isArray(whole![0]) ? answers : answers.at(-1)).toEqual(whole);
    }
  });

  it('most golden models can be streamed; the others say why not', () => {
    expect(streamed.length).toBeGreaterThan(50);
    const reasons = GOLDENS.filter((golden) => !streamed.includes(golden)).map(({ name }) => name);
    expect(reasons).toContain('bi-gru-concat');
    const stuck = (name: string): string => {
      try {
        runtimeOf(GOLDENS.find((golden) => golden.name === name)!).runtime.stream();
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(stuck('bi-gru-concat')).toBe('Error: This model cannot be streamed: bi reads each sequence from its end.');
    expect(stuck('decoder-gru')).toBe('Error: This model cannot be streamed: decoder1 writes its answer after all has been read.');
  });
});

it('as one file it needs nothing, answers the same, and is under 12 kB when it is minified', async () => {
  await ensureBuilt([runtimePart]);
  const code = await readFile(join(import.meta.dirname, '../../out/engine/unroll-runtime.js'), 'utf8');
  const minified = await minify('unroll-runtime.js', code, { module: true });
  expect(minified.errors).toEqual([]);
  expect(new TextEncoder().encode(minified.code).length).toBeLessThan(12_000);
  const golden = GOLDENS.find(({ name }) => name === 'bi-in-stack')!;
  const text = writeModel(trainedModelOf(golden), { arrays: true });
  const rows = inputRows(batchOf(golden), golden.signature);
  for (const each of [code, minified.code]) {
    expect(each).not.toMatch(/\bimport\b/u);
    const alone = (await import(`data:text/javascript;base64,${Buffer.from(each).toString('base64')}`)) as { loadModel: typeof loadModel };
    expect(alone.loadModel(text).predict(rows)).toEqual(loadModel(text).predict(rows));
  }
});

/** What the language has had since 2022 at the earliest, or not everywhere. */
const YOUNG = `
for (const name of ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with']) {
  delete Array.prototype[name];
  delete Float32Array.prototype.__proto__[name];
}
for (const name of ['map', 'filter', 'toArray', 'take', 'drop', 'some', 'every', 'reduce', 'flatMap', 'find', 'forEach']) delete Object.getPrototypeOf(Object.getPrototypeOf([].values()))[name];
for (const name of ['union', 'difference', 'intersection']) delete Set.prototype[name];
delete Map.groupBy; delete Object.groupBy; delete Object.hasOwn; delete Array.fromAsync; delete Promise.withResolvers; delete Uint8Array.fromBase64;
delete globalThis.structuredClone; delete String.prototype.at; delete String.prototype.isWellFormed;`;

it('as one file it runs where the language is that of 2021: Node 18, a phone some years old', async () => {
  await ensureBuilt([runtimePart]);
  const code = await readFile(join(import.meta.dirname, '../../out/engine/unroll-runtime.js'), 'utf8');
  const cases = GOLDENS.map((golden) => ({ text: writeModel(trainedModelOf(golden), { arrays: false }), rows: inputRows(batchOf(golden), golden.signature) }));
  const program = `${YOUNG}
const { loadModel } = await import('data:text/javascript;base64,${Buffer.from(code).toString('base64')}');
const { readFileSync } = await import('node:fs');
for (const { text, rows } of JSON.parse(readFileSync(0, 'utf8'))) {
  const model = loadModel(text);
  model.predict(rows);
  try { model.stream(); } catch (error) { if (!/cannot be streamed/.test(error.message)) throw error; }
}
console.log('all ran');`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1e8 });
  expect(`${ran.stdout}${ran.stderr}`).toBe('all ran\n');
});
