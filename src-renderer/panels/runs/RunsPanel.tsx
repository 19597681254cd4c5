import { History } from 'lucide-react';
import { comparedRuns, runsStore, shownRuns, useRuns, type RunsData } from '../../state/runs/runs-store.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import { Empty } from '../Empty.tsx';
import { CompareRuns } from './CompareRuns.tsx';
import { RunRow } from './RunRow.tsx';
import './runs.css';

/** Every run that is kept, and two of them side by side. */
export function RunsPanel(): React.JSX.Element {
  const data = useRuns((all) => all);
  const shown = shownRuns(data);
  const [first, second] = comparedRuns(data);
  const comparing = data.view === 'compare' && first !== undefined && second !== undefined;
  const notice = data.notice === null ? null : <p className="runs-notice">{data.notice}</p>;
  if (comparing) {
    return (
      <div className="runs-box">
        <div className="runs">
          {notice}
          <CompareRuns first={first} second={second}>
            <CompareButton comparing />
          </CompareRuns>
        </div>
      </div>
    );
  }
  return (
    <div className="runs-box">
      <div className="runs">
        <RunsHead {...data} comparable={second !== undefined} />
        {notice}
        {shown.length === 0 ? <NoRuns all={data.runs?.length ?? 0} /> : <RunList {...data} shown={shown} />}
      </div>
    </div>
  );
}

function RunsHead({ scope, comparable }: Pick<RunsData, 'scope'> & { readonly comparable: boolean }): React.JSX.Element {
  return (
    <div className="runs-head">
      <Segmented
        label="Runs of"
        value={scope}
        options={[
          { value: 'own', label: 'this project' },
          { value: 'all', label: 'all projects' },
        ]}
        onChange={(chosen) => {
          runsStore.setState({ scope: chosen });
        }}
      />
      <span className="runs-hint">{comparable ? '' : 'Pin two runs to see them side by side'}</span>
      <CompareButton comparing={false} disabled={!comparable} />
    </div>
  );
}

function CompareButton({ comparing, disabled = false }: { readonly comparing: boolean; readonly disabled?: boolean }): React.JSX.Element {
  return (
    <Button
      size="small"
      aria-pressed={comparing}
      disabled={disabled}
      onClick={() => {
        runsStore.setState({ view: comparing ? 'list' : 'compare' });
      }}
    >
      Side by side
    </Button>
  );
}

function NoRuns({ all }: { readonly all: number }): React.JSX.Element {
  return (
    <Empty icon={<History />} title="No run of this project yet">
      Press Train: every run is kept here with what it changed, its curves, gradients and weights.
      {all === 0 ? null : (
        <>
          {' '}
          <button
            type="button"
            className="runs-link"
            onClick={() => {
              runsStore.setState({ scope: 'all' });
            }}
          >
            Show {all} of other projects
          </button>
        </>
      )}
    </Empty>
  );
}

function RunList({
  shown,
  scope,
  current,
  ticked,
}: Pick<RunsData, 'scope' | 'current' | 'ticked'> & { readonly shown: ReturnType<typeof shownRuns> }): React.JSX.Element {
  return (
    <div className="runs-list" tabIndex={0} role="region" aria-label="Kept runs">
      <table className="runs-table">
        <thead>
          <tr>
            <th className="runs-draw">
              <span className="visually-hidden">Drawn over the loss</span>
            </th>
            <th className="runs-name">Run</th>
            <th className="runs-change">Change from the run before</th>
            <th className="runs-score">Score</th>
            <th className="runs-number runs-loss">Loss</th>
            <th className="runs-number">Steps</th>
            <th className="runs-number runs-time">Time</th>
            <th className="runs-state">State</th>
            <th className="runs-tools">
              <span className="visually-hidden">Pin and more</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((run) => (
            <RunRow key={run.id} run={run} current={run.id === current} place={ticked.indexOf(run.id)} withProject={scope === 'all'} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
