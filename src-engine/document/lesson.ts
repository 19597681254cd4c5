import type { RemedyKind } from './remedies/remedy-kinds.ts';

/** Where a step of a lesson sends the eye: what the middle of the window shows, or a panel under it. */
export const LESSON_PLACES = ['design', 'unrolled', 'code', 'loss', 'scores', 'gradients', 'states', 'samples', 'runs', 'problems', 'data'] as const;
export type LessonPlace = (typeof LESSON_PLACES)[number];

/** What the gradient map is to show. */
export const LESSON_QUANTITIES = ['gradient', 'flow', 'flow-from', 'triangle', 'copies', 'jacobian', 'gates', 'states'] as const;
export type LessonQuantity = (typeof LESSON_QUANTITIES)[number];

/** Parts of the window that a lesson can take out of the way. */
export const LESSON_CONTROLS = [
  'palette',
  'inspector',
  'optimizer',
  'export',
  'templates',
  'unrolled',
  'code',
  'scores',
  'states',
  'samples',
  'runs',
  'problems',
  'data',
] as const;
export type LessonControl = (typeof LESSON_CONTROLS)[number];

/** What the button of a step does. A remedy is one change of the project, trained anew from the same seed (`remedies/gradient-remedies.ts`). */
export type LessonAction =
  | { readonly kind: 'train' | 'step' | 'stop' | 'reset'; readonly label?: string | undefined }
  | { readonly kind: 'remedy'; readonly remedy: RemedyKind; readonly node: string; readonly label?: string | undefined };

/** To be predicted: `answer` is shown once one of the choices has been committed to. */
export interface LessonQuestion {
  readonly text: string;
  readonly choices: readonly { readonly text: string; readonly right?: boolean | undefined }[];
  /** Markdown. */
  readonly answer: string;
}

export interface LessonStep {
  readonly title: string;
  /** Markdown; HTML in it is text. */
  readonly text: string;
  readonly look?: LessonPlace | undefined;
  readonly quantity?: LessonQuantity | undefined;
  readonly question?: LessonQuestion | undefined;
  readonly action?: LessonAction | undefined;
  /** In place of the lesson's own. */
  readonly hide?: readonly LessonControl[] | undefined;
}

/** What a project teaches, step by step. */
export interface Lesson {
  /** Two lessons of one id are the same lesson: the window keeps the place reached in it. */
  readonly id: string;
  readonly title: string;
  readonly hide?: readonly LessonControl[] | undefined;
  readonly steps: readonly LessonStep[];
}
