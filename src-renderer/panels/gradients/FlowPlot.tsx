import { useMemo } from 'react';
import type uPlot from 'uplot';
import { cssColour } from '../../charts/css-colours.ts';
import type { DecayFit } from '../../../src-engine/analyze/decay-fit.ts';
import { formatNumber, formatPower } from '../../charts/format-number.ts';
import { Plot, type PlotOptions } from '../../charts/Plot.tsx';
import { decadeSplits, quietAxis } from '../../charts/plot-axes.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';

interface FlowPlotProps {
  readonly label: string;
  /** Gradient norm by distance from the loss step, index 0 the loss step itself. */
  readonly flow: Float32Array;
  readonly fit: DecayFit | null;
  readonly onHover: (text: string | null) => void;
  /** Hears of the plot, for its picture. */
  readonly onPlot: (plot: uPlot | null) => void;
}

const drawable = (value: number): number | null => (Number.isFinite(value) && value > 0 ? value : null);

/** Whole decades around the data, at least two, so that the axis does not move while values stream. */
function decades(_plot: uPlot, low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [1e-4, 1];
  const top = Math.ceil(Math.log10(high) + 1e-9);
  const bottom = Math.min(top - 2, Math.floor(Math.log10(low)));
  return [10 ** bottom, 10 ** top];
}

function flowOptions(steps: number, onHover: (text: string | null) => void): PlotOptions {
  const colour =
    (name: string) =>
    (plot: uPlot): string =>
      cssColour(plot.root, name);
  return {
    legend: { show: false },
    padding: [6, 18, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: false, dir: -1, range: [0, Math.max(1, steps - 1)] }, y: { distr: 3, range: decades } },
    series: [
      {},
      { stroke: colour('--state'), width: 2, points: { show: false } },
      { stroke: colour('--text'), width: 1.25, dash: [5, 4], points: { show: false } },
    ],
    axes: [
      quietAxis({
        size: 20,
        gap: 3,
        space: 56,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
        values: (_plot, ticks) => ticks.map((tick) => (tick === 0 ? 'loss' : `−${tick}`)),
      }),
      quietAxis({
        size: 46,
        gap: 6,
        splits: (plot, _axis, low, high) => decadeSplits(low, high, Math.floor(plot.height / 24)),
        filter: (_plot, splits) => splits,
        values: (_plot, ticks) => ticks.map(formatPower),
      }),
    ],
    hooks: {
      setCursor: [
        (plot) => {
          const lag = plot.cursor.idx;
          const value = lag === undefined || lag === null ? null : (plot.data[1]?.[lag] ?? null);
          onHover(typeof value === 'number' ? `${lag === 0 ? 'at the loss step' : `${String(lag)} back`}: ${formatNumber(value)}` : null);
        },
      ],
    },
  };
}

/** How the gradient fades with the distance from the loss, past on the left, with the fitted decay dashed. */
export function FlowPlot({ label, flow, fit, onHover, onPlot }: FlowPlotProps): React.JSX.Element {
  const theme = useTheme();
  const steps = flow.length;
  const options = useMemo(() => ({ ...flowOptions(steps, onHover), class: `flow-plot-${theme}` }), [steps, onHover, theme]);
  const data = useMemo<uPlot.AlignedData>(() => {
    const lags = Array.from(flow, (_, lag) => lag);
    const line = lags.map((lag) => (fit === null || lag < fit.from || lag > fit.to ? null : drawable(Math.exp(fit.intercept) * fit.factorPerStep ** lag)));
    return [lags, Array.from(flow, drawable), line];
  }, [flow, fit]);
  return <Plot label={label} options={options} data={data} onPlot={onPlot} />;
}
