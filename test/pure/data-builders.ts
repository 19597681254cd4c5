import { readFile } from 'node:fs/promises';
import type { AssetReader, Dataset } from '../../src-engine/data/dataset.ts';
import { loadDataset } from '../../src-engine/data/load-dataset.ts';
import { ProblemError, type Problem } from '../../src-engine/document/problems.ts';
import type { DataSpec, SplitSpec } from '../../src-engine/document/project.ts';

const folder = new URL('../../src-engine/data/assets/', import.meta.url);

export const assets: AssetReader = async (name) => new Uint8Array(await readFile(new URL(name, folder)));

export function split(train: number, validation: number, test: number, seed = 1): SplitSpec {
  return { train, validation, test, seed };
}

export function load(source: string, changes: Partial<DataSpec> = {}): Promise<Dataset> {
  return loadDataset({ source, options: {}, split: split(0.8, 0.1, 0.1), ...changes }, assets);
}

/** The tokens of one example, as texts. */
export function tokensOf({ inputs, signature, offsets }: Dataset, example: number): readonly string[] {
  if (inputs.kind !== 'tokens' || signature.input.kind !== 'tokens') throw new Error('no tokens');
  const { vocabulary } = signature.input;
  return Array.from(inputs.ids.subarray(offsets[example], offsets[example + 1]), (id) => vocabulary[id] ?? '');
}

export async function problemsOf(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}
