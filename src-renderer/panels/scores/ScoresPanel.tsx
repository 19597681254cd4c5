import { Target } from 'lucide-react';
import { useRun } from '../../state/run-store.ts';
import { Empty } from '../Empty.tsx';
import { ConfusionMatrix } from './ConfusionMatrix.tsx';
import { scoreRows } from './score-rows.ts';
import { ScoreTable } from './ScoreTable.tsx';
import './scores.css';

/** How good the answers are, by every measure, beside what needs no model; and which classes are taken for which. */
export function ScoresPanel(): React.JSX.Element {
  const validation = useRun((run) => run.validations.at(-1) ?? null);
  const test = useRun((run) => run.done?.test ?? null);
  const data = useRun((run) => run.opened?.data ?? null);
  if (validation === null && test === null) {
    return (
      <Empty icon={<Target />} title="No score yet">
        Press Train: after every epoch the model is scored on data it has not learned from, beside answers that need no model.
      </Empty>
    );
  }
  const confusion = test?.measures.confusion ?? validation?.measures.confusion ?? null;
  const perClass = test?.measures.perClass ?? validation?.measures.perClass ?? null;
  return (
    <div className="scores-box">
      <div className="scores">
        <ScoreTable rows={scoreRows(validation, test, test?.baselines ?? data?.baselines ?? [])} />
        {confusion === null || perClass === null ? null : (
          <ConfusionMatrix counts={confusion} classes={data?.classes ?? []} perClass={perClass} part={test === null ? 'validation' : 'test'} />
        )}
      </div>
    </div>
  );
}
