import { useCallback, useMemo, useState } from 'react';
import { Waves } from 'lucide-react';
import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';
import type { NodeId } from '../../../src-engine/document/project.ts';
import { fitDecay } from '../../charts/decay-fit.ts';
import { formatNumber } from '../../charts/format-number.ts';
import { Heatmap, type HeatmapCell } from '../../charts/Heatmap.tsx';
import { documentActions } from '../../state/document-store.ts';
import { useRun, type Probe } from '../../state/run-store.ts';
import { useTheme } from '../../state/workspace-theme.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { Empty } from '../Empty.tsx';
import { FlowPlot } from './FlowPlot.tsx';
import { GradientControls } from './GradientControls.tsx';
import { gradientRows, lagFlowOf, layerLabel } from './gradient-rows.ts';
import { Verdicts } from './Verdicts.tsx';
import './gradients.css';

/** The gradient of every layer over the steps, as the training probes it. */
export function GradientsPanel(): React.JSX.Element {
  const frames = useRun((run) => run.frames);
  const layers = useRun((run) => run.opened?.probeLayers ?? null);
  const [past, setPast] = useState<number | null>(null);
  const frame = frames.find((each) => each.step === past) ?? frames.at(-1);
  if (frame === undefined || layers === null || layers.length === 0) {
    return (
      <Empty icon={<Waves />} title={layers?.length === 0 ? 'No recurrent cell' : 'No gradient yet'}>
        {layers?.length === 0
          ? 'This model has no state that travels through time, so there is no gradient to follow. Add an RNN, GRU or LSTM.'
          : 'Press Train: the norm of the gradient at every layer and step is painted here while the model learns.'}
      </Empty>
    );
  }
  return (
    <div className="gradients-box">
      <Gradients frame={frame} layers={layers} frames={frames} onPast={setPast} />
    </div>
  );
}

interface GradientsProps {
  readonly frame: Probe;
  readonly frames: readonly Probe[];
  readonly layers: readonly ProbeLayer[];
  /** The step to look back to; null for the latest. */
  readonly onPast: (step: number | null) => void;
}

function Gradients({ frame, frames, layers, onPast }: GradientsProps): React.JSX.Element {
  const quantity = useWorkspace((workspace) => workspace.heatmapQuantity);
  const scale = useWorkspace((workspace) => workspace.heatmapScale);
  const theme = useTheme();
  const [cursor, setCursor] = useState<HeatmapCell | null>(null);
  const [wanted, setWanted] = useState(0);
  const [lagText, setLagText] = useState<string | null>(null);
  const chosen = Math.min(wanted, frame.layers - 1);
  const rows = useMemo(() => gradientRows(frame, layers, quantity, scale), [frame, layers, quantity, scale]);
  const fits = useMemo(() => layers.map((_, index) => fitDecay(lagFlowOf(frame, index))), [frame, layers]);
  const flow = useMemo(() => lagFlowOf(frame, chosen), [frame, chosen]);
  const masked = useCallback((column: number) => (frame.rowsAtStep[column] ?? 0) === 0, [frame]);
  const choose = (layer: number): void => {
    setWanted(layer);
    const node = layers[layer]?.node;
    if (node !== undefined) documentActions.select({ nodes: [node as NodeId] });
  };
  const chosenLayer = layers[chosen];
  return (
    <div className="gradients">
      <div className="gradients-main">
        <GradientControls frames={frames} frame={frame} onPast={onPast} />
        <div className="gradients-map" style={{ flexBasis: `${Math.min(rows.length, 6) * 38 + 14}px` }}>
          <Heatmap
            label={`Gradient map: ${rows.map((row) => row.label).join(', ')} over ${frame.steps} steps, at training step ${frame.step}`}
            rows={rows}
            columns={frame.steps}
            masked={masked}
            cursor={cursor}
            onCursor={setCursor}
            onChoose={(cell) => {
              choose(cell.row);
            }}
            theme={theme}
          />
        </div>
        <div className="gradients-flow">
          <p className="gradients-caption">
            <span>Flow by distance from the loss{chosenLayer === undefined ? '' : `, ${layerLabel(chosenLayer)}`}</span>
            <span className="gradients-readout" aria-live={cursor === null ? 'off' : 'polite'}>
              {lagText === null ? <Readout frame={frame} rows={rows} cursor={cursor} /> : <span className="mono">{lagText}</span>}
            </span>
          </p>
          <FlowPlot label="Gradient norm by distance from the loss step, with its fitted decay" flow={flow} fit={fits[chosen] ?? null} onHover={setLagText} />
        </div>
      </div>
      <Verdicts layers={layers} fits={fits} chosen={chosen} onChoose={choose} />
    </div>
  );
}

interface ReadoutProps {
  readonly frame: Probe;
  readonly rows: ReturnType<typeof gradientRows>;
  readonly cursor: HeatmapCell | null;
}

function Readout({ frame, rows, cursor }: ReadoutProps): React.JSX.Element {
  if (cursor === null) return <span>Map: mean over the rows that reach the step</span>;
  const row = rows[cursor.row];
  const value = row?.values[cursor.column] ?? Number.NaN;
  const reaching = frame.rowsAtStep[cursor.column] ?? 0;
  return (
    <span className="mono">
      {row?.label ?? ''} t = {cursor.column + 1}:{' '}
      {reaching === 0 ? 'no row reaches this step' : `${formatNumber(value)} over ${reaching} of ${frame.rows} rows`}
    </span>
  );
}
