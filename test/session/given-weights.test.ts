import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { ProblemError } from '../../src-engine/document/problems.ts';
import { readSafetensors } from '../../src-engine/exchange/safetensors.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const arraysOf = (bytes: Uint8Array): readonly unknown[] => {
  const read = readSafetensors(bytes);
  return read.ok ? read.file.arrays : [];
};

it('an exported model opens as a document with its weights, and training goes on from them', async () => {
  const first = openSession(engine);
  await first.session.handlers.open({ project: scenarioProject('names') });
  await first.session.handlers.start({ steps: 30 });
  await first.next('done');
  const { bytes } = await first.session.handlers.exportFile({ format: 'json', arrays: false, name: 'mine' });
  const weights = await first.session.handlers.exportFile({ format: 'safetensors', arrays: false, name: 'mine' });

  const { session, next, heard } = openSession(engine);
  const imported = await session.handlers.importModel({ bytes, name: 'mine', into: null });
  expect(arraysOf(imported.weights)).toEqual(arraysOf(weights.bytes));
  const opened = await session.handlers.open({ project: JSON.parse(imported.text), weights: imported.weights });
  expect(opened.problems).toEqual([]);
  expect(opened.kept?.fresh).toEqual([]);
  expect(arraysOf((await session.handlers.exportFile({ format: 'safetensors', arrays: false, name: 'mine' })).bytes)).toEqual(arraysOf(weights.bytes));
  await session.handlers.start({ steps: 1 });
  await next('done');
  const progress = heard.find(({ event }) => event === 'progress')!.payload as { trainLoss: number };
  expect(progress.trainLoss).toBeLessThan(0.69);
  for (const each of [first.session, session]) each.close();
});

it('weights alone go into the document that is open, or say what does not fit', async () => {
  const { session } = openSession(engine);
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../golden/imports/last-step.safetensors')));
  const problems = async (into: unknown): Promise<readonly string[]> => {
    try {
      await session.handlers.importModel({ bytes, name: 'theirs', into });
      return [];
    } catch (error) {
      return (error as ProblemError).problems.map(({ code, message }) => `${code} ${message}`);
    }
  };
  expect(await problems(null)).toEqual(['U048 This file holds weights alone, and no model they belong to.']);
  expect((await problems(scenarioProject('names')))[0]).toMatch(/^U043 embed\.weight is 28 x \d+ in the project, and nothing in the file is left for it\.$/u);
});
