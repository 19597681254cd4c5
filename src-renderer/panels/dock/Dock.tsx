import { useEffect, useRef } from 'react';
import {
  DockviewReact,
  type DockviewApi,
  type DockviewReadyEvent,
  type DockviewTheme,
  type IDockviewHeaderActionsProps,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from 'dockview-react';
import 'dockview-react/dist/styles/dockview.css';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useDocument } from '../../state/document-store.ts';
import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { DataPanel } from '../data/DataPanel.tsx';
import { GradientsPanel } from '../gradients/GradientsPanel.tsx';
import { MemoryPanel } from '../memory/MemoryPanel.tsx';
import { LossPanel } from '../loss/LossPanel.tsx';
import { RunsPanel } from '../runs/RunsPanel.tsx';
import { useRuns } from '../../state/runs/runs-store.ts';
import { SamplesPanel } from '../samples/SamplesPanel.tsx';
import { ScoresPanel } from '../scores/ScoresPanel.tsx';
import { ProblemsPanel } from '../problems/ProblemsPanel.tsx';
import { useProblems } from '../problems/use-problems.ts';
import { StatesPanel } from '../states/StatesPanel.tsx';
import { arrange, isPanelId, panelTitles, type PanelId } from './arrange.ts';
import './dock.css';

const theme: DockviewTheme = { name: 'unroll', className: 'dock-theme' };
const components = {
  loss: LossPanel,
  scores: ScoresPanel,
  gradients: GradientsPanel,
  memory: MemoryPanel,
  states: StatesPanel,
  samples: SamplesPanel,
  runs: RunsPanel,
  problems: ProblemsPanel,
  data: DataPanel,
} satisfies Record<PanelId, React.FunctionComponent<IDockviewPanelProps>>;

/** The panels under the canvas: docked, moved and resized by their user, and found again as they were left. */
export function Dock(): React.JSX.Element {
  const api = useRef<DockviewApi | null>(null);
  const wanted = useWorkspace((workspace) => workspace.panelWanted);

  useEffect(() => {
    if (wanted === null) return;
    api.current?.getPanel(wanted)?.api.setActive();
    workspaceStore.setState({ panelWanted: null, dockCollapsed: false });
  }, [wanted]);

  const ready = (event: DockviewReadyEvent): void => {
    api.current = event.api;
    arrange(event.api, workspaceStore.getState().dockLayout);
    event.api.onDidLayoutChange(() => {
      workspaceStore.setState({ dockLayout: event.api.toJSON() });
    });
  };

  return (
    <DockviewReact
      theme={theme}
      components={components}
      defaultTabComponent={DockTab}
      rightHeaderActionsComponent={DockActions}
      onReady={ready}
      disableFloatingGroups
      announcements={false}
      scrollbars="native"
    />
  );
}

/** A panel's tab. Panels do not close: there is nowhere else to find them. */
function DockTab({ api }: IDockviewPanelHeaderProps): React.JSX.Element {
  return (
    <span className="dock-tab" data-panel={api.id}>
      {isPanelId(api.id) ? panelTitles[api.id] : api.title}
      {api.id === 'problems' ? <ProblemCount api={api} /> : null}
      {api.id === 'runs' ? <RunCount api={api} /> : null}
    </span>
  );
}

/** The figure is drawn by the style sheet and spoken as part of the tab's title, so that it is not read twice. */
function ProblemCount({ api }: Pick<IDockviewPanelHeaderProps, 'api'>): React.JSX.Element {
  const count = useProblems().length;
  useEffect(() => {
    api.setTitle(`${panelTitles.problems}, ${count}`);
  }, [api, count]);
  return <span className="dock-count" data-some={count > 0} data-count={count} />;
}

/** Runs of this project. */
function RunCount({ api }: Pick<IDockviewPanelHeaderProps, 'api'>): React.JSX.Element | null {
  const count = useRuns(({ runs }) => (runs ?? []).filter(({ own }) => own).length);
  useEffect(() => {
    api.setTitle(count === 0 ? panelTitles.runs : `${panelTitles.runs}, ${count}`);
  }, [api, count]);
  return count === 0 ? null : <span className="dock-count" data-count={count} />;
}

/** At the end of the rightmost strip of tabs. */
function DockActions({ containerApi, group }: IDockviewHeaderActionsProps): React.JSX.Element | null {
  const collapsed = useWorkspace((workspace) => workspace.dockCollapsed);
  useDocument((state) => state.opened);
  const last = containerApi.groups.reduce((right, each) => (edge(each.element) > edge(right.element) ? each : right), group);
  if (last.id !== group.id) return null;
  return (
    <div className="dock-actions">
      <IconButton
        label={collapsed ? 'Show the panels' : 'Hide the panels'}
        icon={collapsed ? <ChevronUp /> : <ChevronDown />}
        size="small"
        variant="quiet"
        side="top"
        aria-expanded={!collapsed}
        onClick={() => {
          workspaceStore.setState({ dockCollapsed: !collapsed });
        }}
      />
    </div>
  );
}

function edge(element: HTMLElement): number {
  return element.getBoundingClientRect().right;
}
