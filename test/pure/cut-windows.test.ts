import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { cutWindow, updatesPerEpoch, windowsOf } from '../../src-engine/train/windows.ts';
import { epochBatches, makeBatch } from '../../src-engine/data/batches/batching.ts';
import { createRandom } from '../../src-engine/data/random.ts';
import { datasetOfLengths } from './arbitrary-dataset.ts';
import { randomBatch } from './arbitrary-model.ts';
import { NUMBERS, TAGS, WORDS } from './document-builders.ts';

const PER_STEP_NUMBERS = { ...NUMBERS, output: { ...NUMBERS.output, perStep: true } };
const PROPERTY = { seed: 9, numRuns: 100 };

const batches = fc
  .record({
    signature: fc.constantFrom(TAGS, WORDS, NUMBERS, PER_STEP_NUMBERS),
    lengths: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }).filter((lengths) => Math.max(...lengths) > 0),
    padding: fc.integer({ min: 0, max: 3 }),
    seed: fc.nat(1000),
  })
  .map(({ signature, lengths, padding, seed }) => randomBatch(signature, lengths, seed, Math.max(...lengths) + padding));

const numbersOf = ({ inputs }: Batch): readonly number[] => [...(inputs.kind === 'tokens' ? inputs.ids : inputs.values)];

/** Places [t, b] of a batch at which a loss may fall. */
function losses({ targets, lengths, size, steps }: Batch): readonly (readonly [number, number])[] {
  if (targets === null) return [];
  const all = Array.from({ length: steps * size }, (_, place) => [Math.floor(place / size), place % size] as const);
  return all.filter(([t, b]) => {
    const isPlace = targets.perStep ? t < lengths[b]! : t === lengths[b]! - 1;
    return isPlace && (targets.kind === 'numbers' || targets.values[targets.perStep ? t * size + b : b]! >= 0);
  });
}

describe('the windows of a batch', () => {
  it('lie side by side from step 0; none is empty, none longer than asked, the last is the last with a loss', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 12 }), fc.boolean(), (drawn, length, without) => {
        const batch = without ? { ...drawn, targets: null } : drawn;
        const windows = windowsOf(batch, length);
        let end = 0;
        for (const { start, steps } of windows) {
          expect(start).toBe(end);
          expect(steps).toBe(Math.min(length, batch.steps - start));
          expect(steps).toBeGreaterThan(0);
          end = start + steps;
        }
        const places = losses(batch);
        const hasLoss = windows.map(({ start, steps }) => places.some(([t]) => t >= start && t < start + steps));
        expect(places.every(([t]) => t < end)).toBe(true);
        // Without any loss one update is made all the same, at the end of all steps.
        if (places.length === 0) expect([end, windows.map(({ counts }) => counts)]).toEqual([batch.steps, windows.map((_, n) => n === windows.length - 1)]);
        else expect([windows.map(({ counts }) => counts), hasLoss.at(-1)]).toEqual([hasLoss, true]);
      }),
      PROPERTY,
    );
  });

  it('hold of each row as many steps as it has, in each the inputs and targets of these', () => {
    fc.assert(
      fc.property(batches, fc.integer({ min: 1, max: 12 }), (batch, length) => {
        // Asked of the whole batch: without targets no window is left out.
        const pieces = windowsOf({ ...batch, targets: null }, length).map((window) => cutWindow(batch, window));
        expect(batch.lengths.map((_, row) => pieces.reduce((sum, piece) => sum + piece.lengths[row]!, 0))).toEqual(batch.lengths);
        expect(pieces.flatMap(numbersOf)).toEqual(numbersOf(batch));
        for (const piece of pieces) {
          expect([piece.size, piece.rows]).toEqual([batch.size, batch.rows]);
          // A row that has ended stays ended.
          for (const [row, here] of piece.lengths.entries()) expect(here).toBeLessThanOrEqual(Math.min(piece.steps, batch.lengths[row]!));
        }
        const targets = pieces.map((piece) => [...piece.targets!.values]);
        if (batch.targets?.perStep === true) expect(targets.flat()).toEqual([...batch.targets.values]);
        else for (const each of targets) expect(each).toEqual([...batch.targets!.values]);
      }),
      PROPERTY,
    );
  });

  it('are as many in an epoch as was said before it, where each step of every row has a target', () => {
    for (const [examples, longest, batchSize, length] of [
      [40, 6, 3, 2],
      [41, 7, 4, 3],
      [30, 9, 5, 1],
      [19, 5, 4, 9],
    ] as const) {
      const data = datasetOfLengths(PER_STEP_NUMBERS, examples, longest);
      const made = epochBatches(data, 'train', batchSize, createRandom(3)).map((drawn) => windowsOf(makeBatch(data, drawn, batchSize), length));
      expect(updatesPerEpoch(data, batchSize, length)).toBe(made.reduce((sum, windows) => sum + windows.length, 0));
    }
  });
});
