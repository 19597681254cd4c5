import { lazy, Suspense } from 'react';
import { useLesson } from '../../state/lesson-store.ts';
import './lesson-column.css';

const LessonPanel = lazy(async () => ({ default: (await import('./LessonPanel.tsx')).LessonPanel }));

/** The lesson of the document at the window's right edge, as long as it is not put away. */
export function LessonColumn(): React.JSX.Element | null {
  const taught = useLesson();
  if (taught === null || taught.progress.left) return null;
  return (
    <aside className="workspace-lesson" aria-label="Lesson">
      <Suspense>
        <LessonPanel key={taught.lesson.id} lesson={taught.lesson} progress={taught.progress} />
      </Suspense>
    </aside>
  );
}
