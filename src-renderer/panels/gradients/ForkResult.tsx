import { useEffect } from 'react';
import { Check, Minus } from 'lucide-react';
import { finishFork, useFork } from '../../state/runs/fork-store.ts';
import { runStore, useRun } from '../../state/run-store.ts';
import { Progress } from '../../ui/Progress.tsx';
import { forkText, predictionText, type ForkText } from './fork-text.ts';
import { measureAt } from './measure-run.ts';

/** Of a run that was started by a remedy: what was promised, then whether it was kept, with the numbers before and after. */
export function ForkResult(): React.JSX.Element | null {
  const fork = useFork();
  const openedKey = useRun((run) => run.openedKey);
  const after = useRun((run) => (fork === null || fork.after !== null || run.openedKey !== fork.key ? null : run.frames.at(-1)));
  const points = useRun((run) => run.points);
  const ended = useRun((run) => run.stopped !== null || run.done !== null);
  useEffect(() => {
    if (fork === null || fork.after !== null || openedKey !== fork.key) return;
    const measured = measureAt(runStore.getState(), fork.layer, fork.before.step);
    if (measured !== null) finishFork(measured);
  }, [fork, openedKey, after, points, ended]);
  if (fork === null || openedKey !== fork.key) return null;
  const text = fork.after === null ? null : forkText(fork.predicts.number, fork.before, fork.after);
  return (
    <section className="fork-result" aria-label="Result of the remedy" data-verdict={text?.verdict}>
      <h3>{fork.label}</h3>
      {text === null ? (
        <Waiting prediction={predictionText(fork.predicts)} step={fork.before.step} />
      ) : (
        <>
          <p className="fork-sentence" role="status">
            {text.sentence}
          </p>
          <ForkTable text={text} step={fork.after?.step ?? 0} />
        </>
      )}
    </section>
  );
}

function Waiting({ prediction, step }: { readonly prediction: string; readonly step: number }): React.JSX.Element {
  const made = useRun((run) => run.series.step[run.series.length - 1] ?? 0);
  return (
    <>
      <p className="fork-sentence">{prediction}</p>
      <Progress
        label="Compared where the run before was"
        value={Math.min(made, step)}
        max={step}
        text={`step ${Math.min(made, step).toLocaleString('en')} of ${step.toLocaleString('en')}`}
      />
    </>
  );
}

function ForkTable({ text, step }: { readonly text: ForkText; readonly step: number }): React.JSX.Element {
  return (
    <table className="fork-table">
      <thead>
        <tr>
          <th scope="col">at step {step.toLocaleString('en')}</th>
          <th scope="col">before</th>
          <th scope="col">now</th>
        </tr>
      </thead>
      <tbody>
        {text.rows.map(({ name, before, after, better, predicted }) => (
          <tr key={name} data-predicted={predicted}>
            <th scope="row">
              {name}
              {predicted ? <span className="fork-predicted"> predicted</span> : null}
            </th>
            <td>{before}</td>
            <td>
              {after} {better ? <Check aria-label="better" /> : <Minus aria-label="not better" />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
