import { GraduationCap } from 'lucide-react';
import { moveLesson, useLesson } from '../../state/lesson-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';

/** The way back into a lesson that was put away. */
export function LessonButton(): React.JSX.Element | null {
  const taught = useLesson();
  if (taught?.progress.left !== true) return null;
  return (
    <IconButton
      label={`Back to the lesson: ${taught.lesson.title}`}
      icon={<GraduationCap />}
      onClick={() => {
        moveLesson({ kind: 'return' });
      }}
    />
  );
}
