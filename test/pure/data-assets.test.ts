import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readGlove, vectorsFor } from '../../src-engine/data/built-in/glove.ts';
import { makeCo2 } from '../../src-engine/data/make/make-co2.ts';
import { makeMobyDick } from '../../src-engine/data/make/make-moby-dick.ts';
import { makeNames } from '../../src-engine/data/make/make-names.ts';
import { makePenguins } from '../../src-engine/data/make/make-penguins.ts';
import { makeSeattle } from '../../src-engine/data/make/make-seattle.ts';
import { assets } from './data-builders.ts';

const folder = new URL('../../src-engine/data/assets/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, folder));
const manifest = JSON.parse(read('manifest.json').toString()) as Record<string, { bytes: number; sha256: string }>;

describe('the committed assets', () => {
  test('are exactly those of the manifest, byte for byte', () => {
    expect(readdirSync(folder).sort()).toEqual([...Object.keys(manifest), 'manifest.json'].sort());
    for (const [name, { bytes, sha256 }] of Object.entries(manifest)) {
      expect([name, read(name).length, createHash('sha256').update(read(name)).digest('hex')]).toEqual([name, bytes, sha256]);
    }
  });

  test('are what the script makes of the packages', () => {
    expect(JSON.parse(read('names.json').toString())).toEqual(makeNames());
    expect(JSON.parse(read('co2.json').toString())).toEqual(makeCo2());
    expect(read('moby-dick.txt').toString()).toBe(makeMobyDick());
    expect(JSON.parse(read('seattle.json').toString())).toEqual(makeSeattle());
    expect(JSON.parse(read('penguins.json').toString())).toEqual(makePenguins());
  });
});

describe('the word vectors', () => {
  test('stand in the order of frequency, 25,000 of them', async () => {
    const { words } = await readGlove(assets);
    expect(words.length).toBe(25_000);
    expect(words.slice(0, 5)).toEqual(['the', ',', '.', 'of', 'to']);
  });

  test('are within half a level of the package: the row of "the", as published with GloVe', async () => {
    const published = [-0.038194, -0.24487, 0.72812, -0.39961, 0.083172, 0.043953, -0.39141, 0.3344, -0.57545, 0.087459];
    const level = 3.0243 / 127; // the largest magnitude of that row is 3.0243
    const { table, size } = vectorsFor(['<unk>', 'the'], await readGlove(assets));
    expect(size).toBe(100);
    for (const [column, value] of published.entries()) expect(Math.abs((table[size + column] ?? 0) - value)).toBeLessThanOrEqual(level / 2 + 1e-6);
  });

  test('are zero for words that have none', async () => {
    const { table } = vectorsFor(['<unk>', 'qwertzuiop'], await readGlove(assets));
    expect(table.every((value) => value === 0)).toBe(true);
  });

  test('know that praise is more like praise than like blame', async () => {
    const { table, size } = vectorsFor(['superb', 'splendid', 'terrible'], await readGlove(assets));
    const cosine = (left: number, right: number): number => {
      const [a, b] = [table.subarray(left * size, (left + 1) * size), table.subarray(right * size, (right + 1) * size)];
      const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, column) => sum + value * y[column]!, 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    expect(cosine(0, 1)).toBeGreaterThan(cosine(0, 2));
  });
});
