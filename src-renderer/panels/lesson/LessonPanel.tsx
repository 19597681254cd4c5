import { useEffect, useRef } from 'react';
import { ArrowLeft, ArrowRight, Check, Eye, Play, RotateCcw } from 'lucide-react';
import type { Lesson, LessonAction, LessonStep } from '../../../src-engine/document/lesson.ts';
import { runCommand } from '../../state/commands.ts';
import { answerOf, mayGoOn, stepOf, type LessonProgress } from '../../state/lesson-progress.ts';
import { moveLesson } from '../../state/lesson-store.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { LessonText } from './LessonText.tsx';
import { Prediction } from './Prediction.tsx';
import { placeName, showPlace, showStep } from './show-place.ts';
import { useLessonAction } from './use-lesson-action.ts';
import './lesson.css';

interface LessonPanelProps {
  readonly lesson: Lesson;
  readonly progress: LessonProgress;
}

/** One step of a lesson at a time, beside what it speaks of. */
export function LessonPanel({ lesson, progress }: LessonPanelProps): React.JSX.Element {
  const { at, step } = stepOf(lesson, progress);
  const heading = useArrival(step, at);
  const answer = answerOf(lesson, progress);
  return (
    <div className="lesson">
      <header className="lesson-head">
        <h2>{lesson.title}</h2>
        <Button
          variant="quiet"
          size="small"
          icon={<Eye aria-hidden />}
          title="Puts the lesson away and shows every part of the window"
          onClick={() => {
            moveLesson({ kind: 'leave' });
          }}
        >
          Show everything
        </Button>
      </header>
      <div className="lesson-bar" aria-hidden>
        <i style={{ width: `${((at + 1) / lesson.steps.length) * 100}%` }} />
      </div>
      <div className="lesson-body" key={at}>
        <h3 ref={heading} tabIndex={-1}>
          {step.title}
        </h3>
        <LessonText text={step.text} />
        {step.question === undefined ? null : <Prediction question={step.question} answer={answer} />}
        {step.action === undefined || (step.question !== undefined && answer === null) ? null : <Act action={step.action} />}
        {step.look === undefined ? null : <Look step={step} />}
        {at === lesson.steps.length - 1 ? <Others /> : null}
      </div>
      <LessonWay lesson={lesson} progress={progress} at={at} />
    </div>
  );
}

/** Opens what a step looks at, and hands the keyboard to its heading where one has come from another step. */
function useArrival(step: LessonStep, at: number): React.RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const last = useRef<number | null>(null);
  useEffect(() => {
    if (last.current === at) return;
    if (last.current !== null) heading.current?.focus();
    last.current = at;
    showStep(step);
  }, [step, at]);
  return heading;
}

function Act({ action }: { readonly action: LessonAction }): React.JSX.Element {
  const { label, state, perform } = useLessonAction(action);
  return (
    <Button
      className="lesson-act"
      variant="primary"
      icon={state === 'done' ? <Check aria-hidden /> : <Play aria-hidden />}
      disabled={state !== 'ready'}
      onClick={perform}
    >
      {label}
      {state === 'done' ? <span className="visually-hidden">, done</span> : null}
    </Button>
  );
}

function Look({ step }: { readonly step: LessonStep }): React.JSX.Element | null {
  const { look } = step;
  if (look === undefined) return null;
  return (
    <p className="lesson-look">
      Look at{' '}
      <button
        type="button"
        onClick={() => {
          showPlace(look);
        }}
      >
        {placeName(look)}
      </button>
    </p>
  );
}

/** Where a lesson ends. */
function Others(): React.JSX.Element {
  return (
    <p className="lesson-look">
      Go on with{' '}
      <button type="button" onClick={() => runCommand('view.templates')}>
        another lesson
      </button>
    </p>
  );
}

function LessonWay({ lesson, progress, at }: LessonPanelProps & { readonly at: number }): React.JSX.Element {
  const open = !mayGoOn(lesson, progress);
  const last = at === lesson.steps.length - 1;
  return (
    <footer className="lesson-way">
      <IconButton
        label="Back"
        icon={<ArrowLeft />}
        side="top"
        size="small"
        disabled={at === 0}
        onClick={() => {
          moveLesson({ kind: 'back' });
        }}
      />
      <span className="mono lesson-count">
        step {at + 1} of {lesson.steps.length}
      </span>
      {last ? (
        <IconButton
          label="Begin again"
          icon={<RotateCcw />}
          side="top"
          size="small"
          variant="quiet"
          onClick={() => {
            moveLesson({ kind: 'restart' });
          }}
        />
      ) : null}
      <Button
        size="small"
        disabled={open}
        title={open ? 'Commit to a prediction first' : undefined}
        onClick={() => {
          moveLesson({ kind: 'next' });
        }}
      >
        {last ? 'Finish' : 'Next'}
        <ArrowRight aria-hidden />
      </Button>
    </footer>
  );
}
