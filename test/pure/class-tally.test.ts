import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { ClassTally } from '../../src-engine/data/class-tally.ts';

function tallyOf(classes: number, pairs: readonly (readonly [number, number])[]): ReturnType<ClassTally['measures']> {
  const tally = new ClassTally(classes);
  for (const [target, answer] of pairs) tally.add(target, answer);
  return tally.measures();
}

describe('measures of classes', () => {
  // y_true = [0, 0, 0, 1, 1, 2], y_pred = [0, 0, 1, 1, 2, 2]
  const measures = tallyOf(4, [
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 1],
    [1, 2],
    [2, 2],
  ]);

  test('the confusion matrix has a row for each true class, a column for each answer', () => {
    expect(measures.confusion).toEqual([
      [2, 1, 0, 0],
      [0, 1, 1, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('precision, recall and F1 by hand', () => {
    expect(measures.perClass?.[0]).toEqual({ precision: 1, recall: 2 / 3, f1: 4 / 5, count: 3 });
    expect(measures.perClass?.[1]).toEqual({ precision: 1 / 2, recall: 1 / 2, f1: 1 / 2, count: 2 });
    expect(measures.perClass?.[2]).toEqual({ precision: 1 / 2, recall: 1, f1: 2 / 3, count: 1 });
  });

  test('a class that neither occurs nor is answered counts as 0 and does not lower the macro F1', () => {
    expect(measures.perClass?.[3]).toEqual({ precision: 0, recall: 0, f1: 0, count: 0 });
    expect(measures.macroF1).toBeCloseTo((4 / 5 + 1 / 2 + 2 / 3) / 3, 12);
    expect(measures.accuracy).toBe(4 / 6);
  });

  test('more than 60 classes have no matrix, but the same accuracy and macro F1', () => {
    const wide = tallyOf(61, [
      [0, 0],
      [60, 0],
    ]);
    expect([wide.confusion, wide.perClass]).toEqual([null, null]);
    expect([wide.accuracy, wide.macroF1]).toEqual([1 / 2, 1 / 3]);
  });

  test('the matrix holds all there is to know: its sums are the counts, its diagonal the right answers', () => {
    const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pairs, (answers) => {
        const { confusion, perClass, accuracy } = tallyOf(5, answers);
        for (const each of [0, 1, 2, 3, 4]) {
          const asked = confusion![each]!.reduce((sum, count) => sum + count, 0);
          const answered = confusion!.reduce((sum, row) => sum + row[each]!, 0);
          const { precision, recall, f1, count } = perClass![each]!;
          expect(count).toBe(asked);
          expect(precision * answered).toBeCloseTo(confusion![each]![each]!, 9);
          expect(recall * asked).toBeCloseTo(confusion![each]![each]!, 9);
          expect(f1 * (precision + recall)).toBeCloseTo(2 * precision * recall, 9);
        }
        const right = confusion!.reduce((sum, row, each) => sum + row[each]!, 0);
        expect(accuracy).toBeCloseTo(right / answers.length, 12);
      }),
    );
  });
});
