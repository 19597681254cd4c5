import { useCallback, useMemo } from 'react';
import type uPlot from 'uplot';
import { DEFAULT_WINDOW } from '../../../src-engine/document/defaults.ts';
import type { RunSummary } from '../../../src-main/contract.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { formatLoss, formatNumber } from '../../charts/format-number.ts';
import { Heatmap, type HeatmapCell } from '../../charts/Heatmap.tsx';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { Plot, type PlotOptions } from '../../charts/Plot.tsx';
import { quietAxis } from '../../charts/plot-axes.ts';
import { usePlotPicture, type PlotSubject } from '../../charts/uplot-drawing.ts';
import type { Probe } from '../../state/run-store.ts';
import type { PastRun } from '../../state/runs/runs-store.ts';
import { useWorkspace } from '../../state/workspace-store.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';
import { gradientRows, type MapRow } from '../gradients/gradient-rows.ts';
import { canBeLinedUp, lagOf, lagText } from '../../state/lined-up.ts';
import { gradientPicture } from '../gradients/map-picture.ts';
import type { Quantity } from '../gradients/quantities.ts';
import type { Compared, Curves } from './compare-curves.ts';
import { differenceText, runScore } from './run-words.ts';

interface CompareHalfProps {
  readonly run: RunSummary;
  /** Null while it is read. */
  readonly past: PastRun | null;
  readonly curves: Curves | null;
  readonly scales: Compared['scales'];
  readonly quantity: Quantity;
  readonly frame: Probe | null;
  /** The same cell in both halves. */
  readonly cursor: HeatmapCell | null;
  readonly onCursor: (cell: HeatmapCell | null) => void;
}

/** One of two runs: its name and score, its loss, its gradient. */
export function CompareHalf({ run, past, curves, scales, quantity, frame, cursor, onCursor }: CompareHalfProps): React.JSX.Element {
  const score = runScore(run);
  const difference = differenceText(run.difference);
  return (
    <section className="compare-half" aria-label={run.name}>
      <p className="compare-title">
        <strong>{run.name}</strong>
        <span className="compare-change" title={difference}>
          {difference}
        </span>
        {score === null ? null : <span className="mono">{score.text}</span>}
        <span className="compare-loss">
          loss <span className="mono">{run.loss === null ? '·' : formatLoss(run.loss)}</span>
        </span>
      </p>
      <div className="compare-plot">
        {curves === null ? <p className="compare-wait">Reading the run…</p> : <LossPlot name={run.name} curves={curves} scales={scales} />}
      </div>
      {frame === null || past === null ? (
        <p className="compare-wait">{past === null ? '' : 'No gradient was probed.'}</p>
      ) : (
        <Gradient name={run.name} past={past} frame={frame} quantity={quantity} cursor={cursor} onCursor={onCursor} />
      )}
    </section>
  );
}

function LossPlot({
  name,
  curves: { data },
  scales,
}: {
  readonly name: string;
  readonly curves: Curves;
  readonly scales: Compared['scales'];
}): React.JSX.Element {
  const theme = useTheme();
  const options = useMemo(() => ({ ...plotOptions(), class: `compare-plot-${theme}` }), [theme]);
  const aligned = useMemo((): uPlot.AlignedData => [[...data.step], data.smoothed, data.validation], [data]);
  const ends = `0 to ${String(scales.x.max)} steps, loss ${formatNumber(scales.loss.min)} to ${formatNumber(scales.loss.max)}`;
  const { picture, onPlot } = usePlotPicture(useMemo(() => lossSubject(name), [name]));
  return (
    <>
      <PictureMenu label={`Save the loss of ${name}`} picture={picture} place="corner" />
      <Plot label={`Loss of ${name}, ${ends}`} options={options} data={aligned} scales={scales} onPlot={onPlot} />
    </>
  );
}

function lossSubject(name: string): PlotSubject {
  return { name: `loss of ${name}`, title: `Loss of ${name}`, x: 'training step', y: 'loss', curves: ['train, smoothed', 'validation'] };
}

function plotOptions(): PlotOptions {
  const colour = (variable: string) => (plot: uPlot) => cssColour(plot.root, variable);
  return {
    legend: { show: false },
    padding: [6, 16, 0, 0],
    cursor: { show: false },
    scales: { x: { time: false, auto: false }, loss: { auto: false } },
    series: [
      {},
      { scale: 'loss', stroke: colour('--out'), width: 1.75, points: { show: false } },
      { scale: 'loss', stroke: colour('--in'), width: 1.5, points: { show: true, size: 4, fill: colour('--in') } },
    ],
    axes: [
      quietAxis({ size: 20, gap: 3, space: 70, values: (_plot, ticks) => ticks.map((tick) => tick.toLocaleString('en')) }),
      quietAxis({ scale: 'loss', size: 42, gap: 4, space: 24, values: (_plot, ticks) => ticks.map((tick) => String(Number(tick.toPrecision(3)))) }),
    ],
  };
}

interface GradientProps extends Pick<CompareHalfProps, 'quantity' | 'cursor' | 'onCursor'> {
  readonly name: string;
  readonly past: PastRun;
  readonly frame: Probe;
}

function Gradient({ name, past, frame, quantity, cursor, onCursor }: GradientProps): React.JSX.Element {
  const theme = useTheme();
  const bptt = past.project?.training.bptt;
  const fromLoss = useWorkspace((workspace) => workspace.heatmapColumns === 'loss');
  const window = bptt?.mode === 'truncated' ? (bptt.window ?? DEFAULT_WINDOW) : null;
  const linedUp = useMemo(() => fromLoss && canBeLinedUp(frame, quantity, window), [fromLoss, frame, quantity, window]);
  const rows = useMemo(
    () => gradientRows(quantity, 'absolute', { frame, layers: past.probeLayers, reply: null, lossStep: null, layer: 0, linedUp }),
    [quantity, frame, past.probeLayers, linedUp],
  );
  const masked = useCallback((column: number) => (frame.rowsAtStep[linedUp ? lagOf(column, frame.steps) : column] ?? 0) === 0, [frame, linedUp]);
  const picture = gradientPicture({ quantity, rows, columns: frame.steps, linedUp, masked, measured: frame.step, absolute: true });
  const own = cursor === null || cursor.row >= rows.length || cursor.column >= frame.steps ? null : cursor;
  return (
    <>
      <div className="compare-map" style={{ flexBasis: `${String(Math.min(rows.length, 4) * 30 + 14)}px` }}>
        <Heatmap
          label={`Gradient of ${name} at training step ${String(frame.step)}, ${String(frame.steps)} steps, on the scale of both runs`}
          rows={rows}
          columns={frame.steps}
          fromLoss={linedUp}
          masked={masked}
          cursor={own}
          onCursor={onCursor}
          onChoose={onCursor}
          theme={theme}
        />
      </div>
      <div className="compare-foot">
        <p className="compare-readout mono" aria-live="off">
          {own === null ? `step ${frame.step.toLocaleString('en')}` : readout(rows[own.row], own.column, linedUp ? lagOf(own.column, frame.steps) : null)}
        </p>
        <PictureMenu label={`Save the gradient of ${name}`} picture={{ ...picture, name: `gradients of ${name}` }} />
      </div>
    </>
  );
}

function readout(row: MapRow | undefined, column: number, lag: number | null): string {
  if (row === undefined) return '';
  return `${row.label} ${lag === null ? `t = ${String(column + 1)}` : lagText(lag)}: ${formatNumber(row.values[column] ?? Number.NaN)}`;
}
