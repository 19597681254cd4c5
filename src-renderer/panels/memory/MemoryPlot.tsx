import { useCallback, useMemo } from 'react';
import type uPlot from 'uplot';
import type { MemoryPoint } from '../../../src-engine/session/protocol.ts';
import { cssColour } from '../../charts/css-colours.ts';
import { PictureMenu } from '../../charts/pictures/PictureMenu.tsx';
import { Plot, type PlotOptions } from '../../charts/Plot.tsx';
import { drawLevel, drawMark, quietAxis } from '../../charts/plot-axes.ts';
import { usePlotPicture } from '../../charts/uplot-drawing.ts';
import { useTheme } from '../../state/workspace/workspace-theme.ts';
import { curveColours } from './curve-colours.ts';

/** One cell's accuracy by lag. */
export interface MemoryCurve {
  readonly label: string;
  readonly points: readonly MemoryPoint[];
}

interface MemoryPlotProps {
  /** The latest first: it has the first colour. */
  readonly curves: readonly MemoryCurve[];
  readonly longest: number;
  readonly chance: number;
  readonly threshold: number;
  /** Half-lives of the latest cell's gradient in steps, where it fades. */
  readonly halfLives: readonly { readonly label: string; readonly steps: number }[];
}

const SHORTEST = 0.5;

function options(curves: readonly MemoryCurve[], longest: number): PlotOptions {
  const splits: number[] = [];
  for (let lag = 1; lag <= longest; lag *= 2) splits.push(lag);
  return {
    legend: { show: false },
    padding: [8, 16, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: false, distr: 3, log: 2, range: [SHORTEST, longest * 1.1] }, y: { range: [0, 1.04] } },
    series: [
      {},
      ...curves.map((_, index) => ({
        stroke: (plot: uPlot) => cssColour(plot.root, curveColours[index] ?? '--mute'),
        width: index === 0 ? 2 : 1.5,
        spanGaps: true,
        points: { show: true, size: index === 0 ? 7 : 5 },
      })),
    ],
    axes: [
      quietAxis({
        size: 20,
        gap: 3,
        splits: () => splits,
        filter: (_plot, all) => all,
        values: (_plot, ticks) => ticks.map((tick) => (tick === 1 ? 'lag 1' : String(tick))),
      }),
      quietAxis({ size: 44, gap: 6, splits: () => [0, 0.25, 0.5, 0.75, 1], values: (_plot, ticks) => ticks.map((tick) => `${String(100 * tick)} %`) }),
    ],
  };
}

/** Accuracy of recall against the lag, with the half-lives of the gradient. */
export function MemoryPlot({ curves, longest, chance, threshold, halfLives }: MemoryPlotProps): React.JSX.Element {
  const theme = useTheme();
  const count = curves.length;
  const made = useMemo(() => ({ ...options(curves.slice(0, count), longest), class: `memory-plot-${theme}` }), [curves, count, longest, theme]);
  const data = useMemo<uPlot.AlignedData>(() => {
    const lags = [...new Set(curves.flatMap(({ points }) => points.map(({ lag }) => lag)))].sort((a, b) => a - b);
    return [lags, ...curves.map(({ points }) => lags.map((lag) => points.find((point) => point.lag === lag)?.accuracy ?? null))];
  }, [curves]);
  const overlay = useCallback(
    (plot: uPlot) => {
      drawLevel(plot, 'y', threshold, 'below: collapsed', cssColour(plot.root, '--warn'));
      drawLevel(plot, 'y', chance, 'guessing', cssColour(plot.root, '--faint'));
      for (const [line, { label, steps }] of halfLives.entries()) {
        drawMark(plot, Math.max(SHORTEST * 1.01, steps), label, cssColour(plot.root, '--state'), line);
      }
    },
    [threshold, chance, halfLives],
  );
  const label = curves.map(
    ({ label: name, points }) => `${name}: ${points.map(({ lag, accuracy }) => `${String(Math.round(100 * accuracy))} % at lag ${String(lag)}`).join(', ')}`,
  );
  const subject = useMemo(
    () => ({
      name: 'memory',
      title: 'Accuracy of recall against the lag',
      x: 'lag in time steps',
      y: 'accuracy',
      curves: curves.map((curve) => curve.label),
      levels: [
        { name: 'below: collapsed', value: threshold, right: false },
        { name: 'guessing', value: chance, right: false },
      ],
    }),
    [curves, threshold, chance],
  );
  const { picture, onPlot } = usePlotPicture(subject);
  return (
    <>
      <Plot label={`Accuracy of recall against the lag. ${label.join('. ')}`} options={made} data={data} overlay={overlay} onPlot={onPlot} />
      <PictureMenu label="Save the memory length" picture={picture} place="corner" />
    </>
  );
}
