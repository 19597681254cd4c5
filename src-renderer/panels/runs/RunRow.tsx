import { useRef, useState } from 'react';
import { Pin } from 'lucide-react';
import type { RunSummary } from '../../../src-main/contract.ts';
import { formatLoss } from '../../charts/format-number.ts';
import { useRunsActions } from '../../state/runs/runs-actions.ts';
import { comparedRuns, runsStore } from '../../state/runs/runs-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Tooltip } from '../../ui/popups/Tooltip.tsx';
import { overlayLook } from '../loss/overlay-curves.ts';
import { durationText } from '../top-bar/run-text.ts';
import { RunMenu } from './RunMenu.tsx';
import { differenceText, runScore, startedText, stateText } from './run-words.ts';
import { tellRunProblems } from './tell-run.ts';
import { useLiveRun } from './use-live-run.ts';

interface RunRowProps {
  readonly run: RunSummary;
  /** It trains, or trained last in the project that is open. */
  readonly current: boolean;
  /** Among those drawn over the loss; -1 for none of them. */
  readonly place: number;
  readonly withProject: boolean;
}

/** A run as one line: what it changed, what came of it, and what can be done with it. */
export function RunRow({ run: kept, current, place, withProject }: RunRowProps): React.JSX.Element {
  const run = useLiveRun(kept, current);
  const [naming, setNaming] = useState(false);
  const score = runScore(run);
  const difference = differenceText(run.difference);
  return (
    <tr className="runs-row" data-current={current} aria-current={current || undefined}>
      <td className="runs-draw">
        <DrawSwitch run={run} current={current} place={place} />
      </td>
      <td className="runs-name">
        {naming ? (
          <NameField
            run={run}
            onDone={() => {
              setNaming(false);
            }}
          />
        ) : (
          <span
            className="runs-title"
            onDoubleClick={() => {
              setNaming(true);
            }}
          >
            {run.name}
          </span>
        )}
        <span className="runs-about">{withProject ? run.projectName : startedText(run.started)}</span>
      </td>
      <td className="runs-change">
        <span title={difference} data-plain={run.difference === null || run.difference.length === 0}>
          {difference}
        </span>
      </td>
      <td className="runs-score">
        {score === null ? (
          <span className="runs-none">·</span>
        ) : (
          <>
            <span className="mono">{score.text}</span>
            <span className="runs-about">{score.about}</span>
          </>
        )}
      </td>
      <NumberCells run={run} />
      <td className="runs-state">
        <span className="runs-mark" data-state={run.state}>
          {stateText(run.state)}
        </span>
      </td>
      <td className="runs-tools">
        <PinButton run={run} />
        <RunMenu
          run={run}
          onRename={() => {
            setNaming(true);
          }}
        />
      </td>
    </tr>
  );
}

function NumberCells({ run }: Pick<RunRowProps, 'run'>): React.JSX.Element {
  return (
    <>
      <td className="runs-number runs-loss mono">{run.loss === null ? '·' : formatLoss(run.loss)}</td>
      <td className="runs-number mono">{run.steps.toLocaleString('en')}</td>
      <td className="runs-number runs-time mono">{durationText(run.seconds)}</td>
    </>
  );
}

function DrawSwitch({ run, current, place }: Pick<RunRowProps, 'run' | 'current' | 'place'>): React.JSX.Element {
  const actions = useRunsActions();
  const drawn = current || place !== -1;
  return (
    <Tooltip label={current ? 'Drawn: it is the present run' : drawn ? 'Take it off the loss' : 'Draw it over the loss'} side="top">
      <input
        type="checkbox"
        aria-label={`Draw ${run.name} over the loss`}
        checked={drawn}
        disabled={current}
        style={{ accentColor: `var(${current ? '--out' : place === -1 ? '--accent' : overlayLook(place).colour})` }}
        onChange={() => {
          actions.tick(run.id);
        }}
      />
    </Tooltip>
  );
}

function PinButton({ run }: { readonly run: RunSummary }): React.JSX.Element {
  const actions = useRunsActions();
  const pinned = run.pinned !== null;
  const press = async (): Promise<void> => {
    const problems = await actions.pin(run.id, !pinned);
    tellRunProblems(problems);
    if (problems.length > 0 || pinned) return;
    await actions.refresh();
    if (comparedRuns(runsStore.getState()).length === 2) runsStore.setState({ view: 'compare' });
  };
  return (
    <IconButton
      label={pinned ? `Unpin ${run.name}` : `Pin ${run.name}: keep it, and compare it`}
      icon={<Pin fill={pinned ? 'currentColor' : 'none'} />}
      size="small"
      variant="quiet"
      side="top"
      aria-pressed={pinned}
      onClick={() => void press()}
    />
  );
}

function NameField({ run, onDone }: { readonly run: RunSummary; readonly onDone: () => void }): React.JSX.Element {
  const actions = useRunsActions();
  const [draft, setDraft] = useState(run.name);
  const left = useRef(false);
  const commit = async (): Promise<void> => {
    if (left.current) return;
    const wanted = draft.trim();
    if (wanted !== '' && wanted !== run.name) tellRunProblems(await actions.rename(run.id, wanted));
    await actions.refresh();
    onDone();
  };
  return (
    <input
      className="runs-field"
      aria-label={`Name of ${run.name}`}
      value={draft}
      maxLength={200}
      ref={(field) => {
        field?.focus();
      }}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        left.current = true;
        onDone();
      }}
    />
  );
}
