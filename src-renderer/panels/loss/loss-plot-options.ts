import type uPlot from 'uplot';
import { cssColour } from '../../charts/css-colours.ts';
import { formatPower } from '../../charts/format-number.ts';
import type { PlotOptions } from '../../charts/Plot.tsx';
import { decadeSplits, quietAxis } from '../../charts/plot-axes.ts';
import { isShare, type Metric } from '../score-text.ts';
import type { XRange } from './loss-data.ts';
import type { Overlay } from './overlay-curves.ts';

export interface LossPlotSettings {
  readonly metric: Metric | null;
  /** Score that the axis must reach, so that its line is in sight. */
  readonly baseline: number | null;
  readonly log: boolean;
  /** Kept runs drawn over. */
  readonly overlays: readonly Pick<Overlay, 'colour' | 'dash'>[];
  /** Index into the data under the pointer, or null. */
  readonly onHover: (index: number | null) => void;
  /** A part of the x axis was dragged over, or null: show all again. */
  readonly onZoom: (range: XRange | null) => void;
}

type Extremes = [number, number];

/** Follows the smoothed train loss and the validation loss; single steps that fly higher are cut off. */
function lossRange(log: boolean): (plot: uPlot, low: number | null, high: number | null) => Extremes {
  return (_plot, low, high) => {
    if (low === null || high === null) return log ? [0.01, 1] : [0, 1];
    if (log) return [low / 1.6, high * 1.6];
    return [Math.min(0, low), high <= 0 ? 1 : high * 1.25];
  };
}

function scoreRange(metric: Metric | null, baseline: number | null): (plot: uPlot, low: number | null, high: number | null) => Extremes {
  return (_plot, _low, high) => (metric === null || isShare(metric) ? [0, 1] : [0, Math.max(high ?? 0, baseline ?? 0) * 1.15 || 1]);
}

/** One step is no line yet: it is shown as a point. */
const isSingle = (plot: uPlot): boolean => plot.data[0].length < 2;

function series(metric: Metric | null, overlays: LossPlotSettings['overlays']): uPlot.Series[] {
  const colour =
    (name: string, alpha = '') =>
    (plot: uPlot): string =>
      `${cssColour(plot.root, name)}${alpha}`;
  return [
    {},
    { scale: 'loss', stroke: colour('--out', '38'), width: 1, points: { show: false }, auto: false },
    { scale: 'loss', stroke: colour('--out'), width: 2, points: { show: isSingle, size: 5, fill: colour('--out') } },
    { scale: 'loss', stroke: colour('--in'), width: 1.75, points: { show: true, size: 5, fill: colour('--in') } },
    { scale: 'score', stroke: colour('--state'), width: 1.75, show: metric !== null, points: { show: true, size: 5, fill: colour('--state') } },
    ...overlays.map((overlay): uPlot.Series => ({
      scale: 'loss',
      stroke: colour(overlay.colour),
      width: 1.75,
      dash: [...overlay.dash],
      points: { show: false },
    })),
  ];
}

/** The loss plot: x step, train loss raw and smoothed, validation loss, score on the right. */
export function lossPlotOptions({ metric, baseline, log, overlays, onHover, onZoom }: LossPlotSettings): PlotOptions {
  const scoreTick = (value: number): string =>
    value === 0 ? '' : metric !== null && isShare(metric) ? `${(value * 100).toFixed(0)}%` : String(Number(value.toPrecision(3)));
  return {
    legend: { show: false },
    padding: [8, metric === null ? 12 : 0, 0, 0],
    cursor: {
      y: false,
      points: { size: 7 },
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          onZoom(null);
          return null;
        },
      },
    },
    scales: {
      x: { time: false, auto: false },
      loss: { distr: log ? 3 : 1, range: lossRange(log) },
      score: { range: scoreRange(metric, baseline) },
    },
    series: series(metric, overlays),
    axes: [
      quietAxis({ size: 22, gap: 4, space: 60 }),
      quietAxis({ scale: 'loss', size: 46, gap: 6, space: 30, values: (_plot, ticks) => ticks.map((tick) => lossTick(tick, log)), ...(log ? logSplits : {}) }),
      quietAxis({
        scale: 'score',
        side: 1,
        size: 44,
        gap: 6,
        space: 30,
        show: metric !== null,
        grid: { show: false },
        values: (_plot, ticks) => ticks.map(scoreTick),
      }),
    ],
    hooks: {
      setCursor: [
        (plot) => {
          onHover(plot.cursor.idx ?? null);
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 4) return;
          onZoom({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

const logSplits: Pick<uPlot.Axis, 'splits' | 'filter'> = {
  splits: (plot, _axis, low, high) => decadeSplits(low, high, Math.floor(plot.height / 28)),
  filter: (_plot, splits) => splits,
};

function lossTick(tick: number, log: boolean): string {
  const plain = tick === 0 || (Math.abs(tick) >= 0.001 && Math.abs(tick) < 1e5);
  if (plain) return String(Number(tick.toPrecision(4)));
  return log ? formatPower(tick) : tick.toExponential().replace('e+', 'e');
}
