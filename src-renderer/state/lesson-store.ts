import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Lesson, LessonControl } from '../../src-engine/document/lesson.ts';
import { documentStore, useDocument, type DocumentState } from './document-store.ts';
import { hiddenBy, LESSON_START, moveInLesson, readLessonPlace, type LessonMove, type LessonPlaceKept, type LessonProgress } from './lesson-progress.ts';

/** Where the place reached is kept while the window is loaded again. */
const KEPT = 'unroll.lesson';

/** The place reached belongs to the window: undo does not touch it, a reload leads back to it, and a document opened anew begins at its start. */
const lessonStore = createStore<LessonPlaceKept>(() => readLessonPlace(window.sessionStorage.getItem(KEPT)));

lessonStore.subscribe((place) => {
  window.sessionStorage.setItem(KEPT, JSON.stringify(place));
});

interface Taught {
  readonly lesson: Lesson;
  readonly progress: LessonProgress;
}

function lessonKey({ id, project }: Pick<DocumentState, 'id' | 'project'>): string | null {
  return project.lesson === undefined ? null : `${id} ${project.lesson.id}`;
}

function progressIn({ of, progress }: LessonPlaceKept, key: string | null): LessonProgress {
  return of === key ? progress : LESSON_START;
}

/** The lesson of the document and how far it is; null where there is none. */
export function useLesson(): Taught | null {
  const lesson = useDocument(({ project }) => project.lesson);
  const key = useDocument(lessonKey);
  const progress = useStore(lessonStore, (data) => progressIn(data, key));
  return lesson === undefined ? null : { lesson, progress };
}

function present(): Taught | null {
  const state = documentStore.getState();
  const { lesson } = state.project;
  return lesson === undefined ? null : { lesson, progress: progressIn(lessonStore.getState(), lessonKey(state)) };
}

export function moveLesson(move: LessonMove): void {
  const taught = present();
  if (taught === null) return;
  lessonStore.setState({ of: lessonKey(documentStore.getState()), progress: moveInLesson(taught.lesson, taught.progress, move) });
}

const NOTHING: readonly LessonControl[] = [];

/** Parts of the window that the lesson takes out of the way. */
export function useHiddenControls(): readonly LessonControl[] {
  const taught = useLesson();
  return taught === null ? NOTHING : hiddenBy(taught.lesson, taught.progress);
}

export function useHidden(control: LessonControl): boolean {
  return useHiddenControls().includes(control);
}

export function isHidden(control: LessonControl): boolean {
  const taught = present();
  return taught !== null && hiddenBy(taught.lesson, taught.progress).includes(control);
}

/** Whether the document has a lesson, and whether it is put away. */
export function lessonState(): 'none' | 'on' | 'left' {
  const taught = present();
  if (taught === null) return 'none';
  return taught.progress.left ? 'left' : 'on';
}
