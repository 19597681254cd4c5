import { z } from 'zod';
import type { Lesson, LessonControl, LessonStep } from '../../src-engine/document/lesson.ts';

/** How far somebody is in a lesson. */
export interface LessonProgress {
  /** From 0. */
  readonly step: number;
  /** The choice that was committed to, by the step of its question. */
  readonly answers: Readonly<Record<number, number>>;
  /** Everything is shown and the lesson is put away; it can be taken up again where it was left. */
  readonly left: boolean;
}

/** A place reached, and the document and lesson it was reached in. */
export interface LessonPlaceKept {
  readonly of: string | null;
  readonly progress: LessonProgress;
}

const keptSchema = z.object({
  of: z.string(),
  progress: z.object({ step: z.int().min(0), answers: z.record(z.string().regex(/^\d+$/), z.int().min(0)), left: z.boolean() }),
});

export type LessonMove = { readonly kind: 'next' | 'back' | 'leave' | 'return' | 'restart' } | { readonly kind: 'answer'; readonly choice: number };

export const LESSON_START: LessonProgress = { step: 0, answers: {}, left: false };

/** What was kept of a place; the start of no lesson where it is nothing that can be read. */
export function readLessonPlace(text: string | null): LessonPlaceKept {
  try {
    return keptSchema.parse(JSON.parse(text ?? 'null'));
  } catch {
    return { of: null, progress: LESSON_START };
  }
}

/** The step that is shown: the lesson may have been edited since and have fewer. */
export function stepOf({ steps }: Lesson, { step }: LessonProgress): { readonly at: number; readonly step: LessonStep } {
  const at = Math.min(step, steps.length - 1);
  return { at, step: steps[at] ?? { title: '', text: '' } };
}

/** The choice that the question of the present step was answered with; null where it was not. */
export function answerOf(lesson: Lesson, progress: LessonProgress): number | null {
  const { at, step } = stepOf(lesson, progress);
  const choice = progress.answers[at];
  return choice !== undefined && choice < (step.question?.choices.length ?? 0) ? choice : null;
}

/** Whether the lesson may go on: a question is answered first. */
export function mayGoOn(lesson: Lesson, progress: LessonProgress): boolean {
  return stepOf(lesson, progress).step.question === undefined || answerOf(lesson, progress) !== null;
}

/** A move that the lesson does not allow changes nothing: a first answer stays, and past an open question there is no way. Beyond the last step the lesson is left. */
export function moveInLesson(lesson: Lesson, progress: LessonProgress, move: LessonMove): LessonProgress {
  const { at, step } = stepOf(lesson, progress);
  switch (move.kind) {
    case 'next':
      if (!mayGoOn(lesson, progress)) return progress;
      return at === lesson.steps.length - 1 ? { ...progress, step: at, left: true } : { ...progress, step: at + 1 };
    case 'back':
      return { ...progress, step: Math.max(0, at - 1) };
    case 'leave':
      return { ...progress, left: true };
    case 'return':
      return { ...progress, left: false };
    case 'restart':
      return LESSON_START;
    case 'answer': {
      const choices = step.question?.choices.length ?? 0;
      if (answerOf(lesson, progress) !== null || move.choice < 0 || move.choice >= choices) return progress;
      return { ...progress, answers: { ...progress.answers, [at]: move.choice } };
    }
  }
}

/** What of the window is out of the way at the present step. */
export function hiddenBy(lesson: Lesson, progress: LessonProgress): readonly LessonControl[] {
  return progress.left ? [] : (stepOf(lesson, progress).step.hide ?? lesson.hide ?? []);
}
