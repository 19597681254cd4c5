import { Pause, Play, RotateCcw, Square, StepForward } from 'lucide-react';
import { runCommand, useShortcut } from '../../state/commands.ts';
import { workspaceStore } from '../../state/workspace-store.ts';
import { hasTrained, isRunning, useRun } from '../../state/run-store.ts';
import { ButtonGroup } from '../../ui/ButtonGroup.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tooltip } from '../../ui/popups/Tooltip.tsx';
import { useEditedSince } from './use-edited-since.ts';
import { useObstacle, type Obstacle } from './use-obstacle.ts';

/** Train or Pause, then Step, Stop and Reset. */
export function RunControls(): React.JSX.Element {
  return (
    <div className="run-controls">
      <TrainButton />
      <ButtonGroup label="Training">
        <StepButton />
        <StopButton />
        <ResetButton />
      </ButtonGroup>
    </div>
  );
}

const OBSTACLES = {
  empty: 'Add blocks first, or open a template',
  problems: 'Solve the problems first: press to see them',
  data: 'There is no data to train on: press to choose some',
} as const satisfies Readonly<Record<NonNullable<Obstacle>, string>>;

/** Trains or pauses; where something stands in the way, brings its panel to the front. */
function pressTrain(obstacle: Obstacle): void {
  if (obstacle === null || obstacle === 'empty') runCommand('run.train');
  else workspaceStore.setState({ panelWanted: obstacle });
}

/** What pressing Train does to the weights there are. */
function useTrainNote(): string {
  const trained = useRun(hasTrained);
  const state = useRun((run) => run.status?.state ?? 'idle');
  const edited = useEditedSince();
  if (!trained) return 'Train';
  if (edited) return 'Train the changed model with the weights that still fit';
  return state === 'done' || state === 'failed' ? 'Train again, from new weights' : 'Train on';
}

function TrainButton(): React.JSX.Element {
  const running = useRun(isRunning);
  const opening = useRun((run) => run.opening);
  const obstacle = useObstacle();
  const note = useTrainNote();
  const shortcut = useShortcut('run.train');
  const blocked = !running && obstacle !== null;
  return (
    <Tooltip label={running ? 'Pause, keeping the weights' : obstacle === null ? note : OBSTACLES[obstacle]} shortcut={shortcut}>
      <Button
        variant="primary"
        className="run-train"
        icon={running ? <Pause aria-hidden /> : <Play aria-hidden />}
        aria-disabled={blocked || undefined}
        aria-busy={opening}
        onClick={() => {
          pressTrain(running ? null : obstacle);
        }}
      >
        {running ? 'Pause' : 'Train'}
      </Button>
    </Tooltip>
  );
}

function StepButton(): React.JSX.Element {
  const running = useRun(isRunning);
  const obstacle = useObstacle();
  return (
    <IconButton
      label="One training step"
      icon={<StepForward />}
      shortcut={useShortcut('run.step')}
      disabled={running || obstacle !== null}
      onClick={() => runCommand('run.step')}
    />
  );
}

function StopButton(): React.JSX.Element {
  const live = useRun((run) => run.status?.state === 'running' || (run.status?.state === 'paused' && hasTrained(run)));
  return (
    <IconButton
      label="Stop and take the test score"
      icon={<Square />}
      shortcut={useShortcut('run.stop')}
      disabled={!live}
      onClick={() => runCommand('run.stop')}
    />
  );
}

function ResetButton(): React.JSX.Element {
  const trained = useRun(hasTrained);
  return (
    <IconButton
      label="Reset: back to the first weights, clears the curves"
      icon={<RotateCcw />}
      shortcut={useShortcut('run.reset')}
      disabled={!trained}
      onClick={() => runCommand('run.reset')}
    />
  );
}
