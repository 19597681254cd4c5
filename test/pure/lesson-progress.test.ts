import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../src-engine/document/lesson.ts';
import {
  answerOf,
  hiddenBy,
  LESSON_START,
  mayGoOn,
  moveInLesson,
  readLessonPlace,
  stepOf,
  type LessonMove,
  type LessonProgress,
} from '../../src-renderer/state/lesson-progress.ts';

const question = { text: 'Which?', choices: [{ text: 'a' }, { text: 'b', right: true }], answer: 'b it is' };
const lesson: Lesson = {
  id: 'l',
  title: 'L',
  hide: ['palette'],
  steps: [
    { title: 'one', text: '1' },
    { title: 'two', text: '2', question, hide: ['inspector', 'code'] },
    { title: 'three', text: '3' },
  ],
};

function walk(moves: readonly LessonMove[], of: Lesson = lesson): LessonProgress {
  return moves.reduce((progress, move) => moveInLesson(of, progress, move), LESSON_START);
}

const next = { kind: 'next' } as const;
const answer = (choice: number): LessonMove => ({ kind: 'answer', choice });

describe('the way through a lesson', () => {
  it('stops at a question until a choice is committed to', () => {
    expect(walk([next, next, next])).toEqual({ step: 1, answers: {}, left: false });
    expect(mayGoOn(lesson, walk([next]))).toBe(false);
    expect(walk([next, answer(0), next]).step).toBe(2);
  });

  it('keeps the first prediction, also when one comes back to it', () => {
    const there = walk([next, answer(0), answer(1), next, { kind: 'back' }]);
    expect(answerOf(lesson, there)).toBe(0);
  });

  it('takes no answer where nothing is asked, nor a choice that is not offered', () => {
    expect(walk([answer(0)])).toEqual(LESSON_START);
    expect(walk([next, answer(2), answer(-1)]).answers).toEqual({});
  });

  it('ends by leaving, from which one comes back to the same step', () => {
    const left = walk([next, answer(1), next, next]);
    expect(left).toMatchObject({ step: 2, left: true });
    expect(hiddenBy(lesson, left)).toEqual([]);
    expect(moveInLesson(lesson, left, { kind: 'return' })).toMatchObject({ step: 2, left: false });
  });

  it('hides what the step says, else what the lesson says', () => {
    expect(hiddenBy(lesson, LESSON_START)).toEqual(['palette']);
    expect(hiddenBy(lesson, walk([next]))).toEqual(['inspector', 'code']);
  });

  it('stays in a lesson that was edited to fewer steps or choices', () => {
    const there = walk([next, answer(1), next]);
    const shorter = { ...lesson, steps: lesson.steps.slice(0, 2) };
    expect(stepOf(shorter, there)).toEqual({ at: 1, step: shorter.steps[1] });
    const other = { ...lesson, steps: [{ title: 'new', text: 'x' }] };
    expect(answerOf(other, { step: 0, answers: { 0: 1 }, left: false })).toBeNull();
  });

  it('never leaves its steps, whatever is pressed', () => {
    const move = fc.oneof(
      fc.constantFrom<LessonMove>(next, { kind: 'back' }, { kind: 'leave' }, { kind: 'return' }, { kind: 'restart' }),
      fc.integer({ min: -2, max: 9 }).map(answer),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 30 }), (moves) => {
        const progress = walk(moves);
        expect(progress.step).toBeGreaterThanOrEqual(0);
        expect(progress.step).toBeLessThan(lesson.steps.length);
        if (progress.step === 2) expect(progress.answers[1]).toBeDefined();
      }),
    );
  });
});

describe('the place kept over a reload', () => {
  it('is read as it was written', () => {
    const place = { of: 'document l', progress: { step: 2, answers: { 0: 1, 1: 0 }, left: true } };
    expect(readLessonPlace(JSON.stringify(place))).toEqual(place);
  });

  it.each([
    null,
    '',
    '{',
    '{"of":"x"}',
    '{"of":"x","progress":{"step":-1,"answers":{},"left":false}}',
    '{"of":"x","progress":{"step":0,"answers":{"a":0},"left":false}}',
  ])('is the start where there is none, or none that can be read: %s', (text) => {
    expect(readLessonPlace(text)).toEqual({ of: null, progress: LESSON_START });
  });
});
