import { useEffect, useMemo } from 'react';
import { GitBranch } from 'lucide-react';
import { DEFAULT_WINDOW } from '../../src-engine/document/defaults.ts';
import { Empty } from '../panels/Empty.tsx';
import { useDocument } from '../state/document-store.ts';
import { useRun } from '../state/run-store.ts';
import { belongTo, useUnrolled } from '../state/unrolled-store.ts';
import { ExampleView } from './ExampleView.tsx';
import { networkLanes } from './network-lanes.ts';
import { TrainingView } from './TrainingView.tsx';
import './unrolled.css';

/** Longer sequences are not drawn. */
const MOST_STEPS = 4000;

/** The model unrolled over time: columns are steps, rows are layers. */
export function UnrolledView(): React.JSX.Element {
  const opened = useRun((run) => run.opened);
  const project = useRun((run) => run.openedProject);
  const openedData = useRun((run) => run.openedData);
  const opening = useRun((run) => run.opening);
  const problems = useDocument((state) => state.checked.problems.length);
  const mode = useUnrolled((unrolled) => unrolled.mode);
  const signature = opened?.signature ?? null;
  const data = opened?.data ?? null;
  const lanes = useMemo(() => (project === null || signature === null ? [] : networkLanes(project.graph, signature)), [project, signature]);
  useEffect(() => {
    belongTo(openedData);
  }, [openedData]);

  if (opened === null || project === null || signature === null || data === null) return <Nothing opening={opening} problems={problems} />;
  if (!lanes.some(({ kind }) => kind === 'cell')) {
    return (
      <Empty icon={<GitBranch />} title="No recurrent cell">
        This model has no state that travels through time, so there is nothing to unroll. Add an RNN, GRU or LSTM.
      </Empty>
    );
  }
  if (opened.steps > MOST_STEPS) {
    return (
      <Empty icon={<GitBranch />} title="Too long to draw">
        The longest sequence has {opened.steps.toLocaleString('en')} steps; up to {MOST_STEPS.toLocaleString('en')} are drawn. The heatmap of the Gradients
        panel shows all of them.
      </Empty>
    );
  }
  const { bptt } = project.training;
  const props = { opened, project, signature, data, lanes, window: bptt.mode === 'truncated' ? (bptt.window ?? DEFAULT_WINDOW) : null };
  return mode === 'training' ? <TrainingView {...props} /> : <ExampleView {...props} />;
}

function Nothing({ opening, problems }: { readonly opening: boolean; readonly problems: number }): React.JSX.Element {
  if (opening) {
    return (
      <Empty icon={<GitBranch />} title="Being opened">
        The data is loaded and the model compiled; then it is unrolled here.
      </Empty>
    );
  }
  return problems > 0 ? (
    <Empty icon={<GitBranch />} title="The model has a problem">
      {problems === 1 ? 'One thing stands' : `${problems} things stand`} in the way of this model: the Problems panel says what, and what to do. Then it is
      unrolled here.
    </Empty>
  ) : (
    <Empty icon={<GitBranch />} title="Nothing to unroll yet">
      Once a model with data is on the canvas, each of its cells stands here as many times as a sequence has steps: one function, T copies.
    </Empty>
  );
}
