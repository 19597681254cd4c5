import { useEffect, useMemo, useState } from 'react';
import type { RunSummary } from '../../../src-main/contract.ts';
import { entryAt } from '../../../src-engine/history/thin-history.ts';
import type { HeatmapCell } from '../../charts/Heatmap.tsx';
import { useRun } from '../../state/run-store.ts';
import { useRunsActions } from '../../state/runs/runs-actions.ts';
import { useRuns, type PastRun } from '../../state/runs/runs-store.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { Segmented } from '../../ui/fields/Segmented.tsx';
import type { Quantity } from '../gradients/quantities.ts';
import { ScaleLegend } from '../gradients/ScaleLegend.tsx';
import { CompareHalf } from './CompareHalf.tsx';
import { compareCurves, type Curves } from './compare-curves.ts';

interface CompareRunsProps {
  readonly first: RunSummary;
  readonly second: RunSummary;
  /** At the end of its controls. */
  readonly children: React.ReactNode;
}

/** Two runs beside each other: losses on the same axes, gradients on one colour scale, at the same step of both. */
export function CompareRuns({ first, second, children }: CompareRunsProps): React.JSX.Element {
  const [one, other] = [useSeen(first), useSeen(second)];
  const weight = useWorkspace((workspace) => workspace.lossSmoothing);
  const [quantity, setQuantity] = useState<Extract<Quantity, 'gradient' | 'flow'>>('gradient');
  const [step, setStep] = useState<number | null>(null);
  const [cursor, setCursor] = useState<HeatmapCell | null>(null);
  const curves = useMemo(() => compareCurves([one, other], weight), [one, other, weight]);
  const last = Math.max(lastStep(one), lastStep(other));
  return (
    <div className="compare">
      <div className="compare-head">
        <Segmented
          label="Gradient"
          value={quantity}
          options={[
            { value: 'gradient', label: '‖∂L/∂h‖' },
            { value: 'flow', label: 'flow from the last step' },
          ]}
          onChange={setQuantity}
        />
        <label className="compare-step">
          <input
            type="range"
            aria-label="Training step of both runs"
            min={0}
            max={Math.max(1, last)}
            value={step ?? last}
            aria-valuetext={step === null ? 'latest' : `step ${step.toLocaleString('en')}`}
            onChange={(event) => {
              const chosen = Number(event.target.value);
              setStep(chosen >= last ? null : chosen);
            }}
          />
          <span className="mono">{step === null ? 'latest' : `step ${step.toLocaleString('en')}`}</span>
        </label>
        <ScaleLegend quantity={quantity} scale="absolute" />
        {children}
      </div>
      <div className="compare-halves">
        {(
          [
            [first, one, curves.runs[0]],
            [second, other, curves.runs[1]],
          ] as const satisfies readonly (readonly [RunSummary, PastRun | null, Curves | undefined])[]
        ).map(([run, past, own]) => (
          <CompareHalf
            key={run.id}
            run={run}
            past={past}
            curves={own ?? null}
            scales={curves.scales}
            quantity={quantity}
            frame={past === null ? null : (entryAt(past.history.frames, step) ?? null)}
            cursor={cursor}
            onCursor={setCursor}
          />
        ))}
      </div>
    </div>
  );
}

function lastStep(past: PastRun | null): number {
  return past?.history.series.step[past.history.points - 1] ?? 0;
}

/** What a run has shown: the one that trains as it goes on, another one as it was kept. */
function useSeen({ id, steps }: RunSummary): PastRun | null {
  const actions = useRunsActions();
  const live = useRuns(({ current }) => current === id);
  const kept = useRuns(({ past }) => past.find((each) => each.id === id) ?? null);
  const points = useRun((run) => (live ? run.points : 0));
  const frames = useRun((run) => (live ? run.frames : null));
  const validations = useRun((run) => (live ? run.validations : null));
  const run = useRun((state) => (live ? state.series : null));
  const opened = useRun((state) => (live ? state.opened : null));
  const project = useRun((state) => (live ? state.openedProject : null));
  useEffect(() => {
    if (!live) void actions.load(id, true);
  }, [actions, live, id, steps]);
  return useMemo(() => {
    if (run === null || frames === null || validations === null || opened === null) return kept;
    const history = { series: run, points, largestNorm: 0, progress: null, validations, frames, stopped: null, done: null };
    return { id, project, history, probeLayers: opened.probeLayers };
  }, [id, kept, run, points, frames, validations, opened, project]);
}
