import { useShallow } from 'zustand/react/shallow';
import { useDocument } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';
import { useEditedSince } from './use-edited-since.ts';
import { runParts, runShare } from './run-text.ts';
import { useObstacle } from './use-obstacle.ts';

/** Epoch, step, speed and time left. */
export function RunReadout(): React.JSX.Element {
  const epochs = useDocument((state) => state.project.training.epochs);
  const edited = useEditedSince();
  const canTrain = useObstacle() === null;
  const parts = useRun(useShallow((run) => runParts(run, { epochs, canTrain })));
  return (
    <p className="run-readout mono" role="status" aria-label="Training progress" aria-live="off">
      {parts.map((part, index) => (
        <span key={index}>{part}</span>
      ))}
      {edited ? <span>edited since</span> : null}
    </p>
  );
}

/** The thin line under the bar. */
export function RunProgress(): React.JSX.Element {
  const share = useRun(runShare);
  const running = useRun((run) => run.status?.state === 'running' || run.status?.state === 'paused');
  return (
    <div
      className="run-progress"
      role="progressbar"
      aria-label="Training"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      hidden={!running}
    >
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
