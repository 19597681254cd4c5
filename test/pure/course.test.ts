import { describe, expect, it } from 'vitest';
import { MOST_VALIDATIONS } from '../../src-engine/history/thin-history.ts';
import { FRESH_COURSE, validated, type CourseState } from '../../src-engine/train/course.ts';

/** The course of a run whose every epoch is ten updates, after so many of them. */
function after(epochs: number, begun: CourseState = FRESH_COURSE): CourseState {
  let course = begun;
  for (let ended = 0; ended < epochs; ended++) {
    const epoch = (course.history.at(-1)?.epoch ?? 0) + 1;
    ({ course } = validated(course, { loss: 1 / epoch, score: 0.5 }, { epoch, step: 10 * epoch }, { kind: 'constant' }, { patience: 5, minDelta: 0 }));
  }
  return course;
}

describe('the validations of a run', () => {
  it('are all there while they are few', () => {
    expect(after(50).history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('stay bounded in a run of many epochs: the first, the latest, the finer the later; what early stopping goes by is not thinned', () => {
    const course = after(3 * MOST_VALIDATIONS);
    const epochs = course.history.map(({ epoch }) => epoch);
    expect(epochs).toHaveLength(MOST_VALIDATIONS);
    expect([epochs[0], epochs.at(-1)]).toEqual([1, 3 * MOST_VALIDATIONS]);
    const gaps = epochs.slice(1).map((epoch, index) => epoch - (epochs[index] ?? 0));
    expect(gaps.at(-1)).toBe(1);
    expect(Math.max(...gaps.slice(0, MOST_VALIDATIONS / 2))).toBeGreaterThan(1);
    expect(course.best).toEqual({ epoch: 3 * MOST_VALIDATIONS, step: 30 * MOST_VALIDATIONS, loss: 1 / (3 * MOST_VALIDATIONS) });
  });
});
