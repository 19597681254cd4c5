import { useId, useState } from 'react';
import { Check, X } from 'lucide-react';
import type { LessonQuestion } from '../../../src-engine/document/lesson.ts';
import { moveLesson } from '../../state/lesson-store.ts';
import { Button } from '../../ui/Button.tsx';
import { LessonText } from './LessonText.tsx';

interface PredictionProps {
  readonly question: LessonQuestion;
  /** The choice that was committed to; null while the question is open. */
  readonly answer: number | null;
}

/** A question that is answered before the truth is told. */
export function Prediction({ question, answer }: PredictionProps): React.JSX.Element {
  const [picked, setPicked] = useState<number | null>(null);
  const name = useId();
  const chosen = answer ?? picked;
  return (
    <section className="lesson-question" aria-label="Prediction">
      <fieldset>
        <legend>{question.text}</legend>
        {question.choices.map(({ text, right = false }, index) => (
          <label key={index} className="lesson-choice" data-chosen={chosen === index} data-state={stateOf(answer, index, right)}>
            <input
              type="radio"
              name={name}
              checked={chosen === index}
              disabled={answer !== null}
              onChange={() => {
                setPicked(index);
              }}
            />
            <span>{text}</span>
            <Mark state={stateOf(answer, index, right)} />
          </label>
        ))}
      </fieldset>
      {answer === null ? (
        <Button
          size="small"
          variant="primary"
          disabled={picked === null}
          onClick={() => {
            if (picked !== null) moveLesson({ kind: 'answer', choice: picked });
          }}
        >
          Commit to this prediction
        </Button>
      ) : null}
      <div className="lesson-answer" aria-live="polite">
        {answer === null ? null : (
          <>
            <p className="lesson-verdict">{question.choices[answer]?.right === true ? 'You predicted it.' : 'It is otherwise.'}</p>
            <LessonText text={question.answer} />
          </>
        )}
      </div>
    </section>
  );
}

type ChoiceState = 'open' | 'right' | 'wrong' | 'other';

function stateOf(answer: number | null, index: number, right: boolean): ChoiceState {
  if (answer === null) return 'open';
  if (right) return 'right';
  return answer === index ? 'wrong' : 'other';
}

function Mark({ state }: { readonly state: ChoiceState }): React.JSX.Element | null {
  if (state === 'right') return <Check role="img" aria-label="right" />;
  return state === 'wrong' ? <X role="img" aria-label="wrong" /> : null;
}
