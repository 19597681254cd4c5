import { useMemo, useState } from 'react';
import type uPlot from 'uplot';
import { cssColour } from './css-colours.ts';
import { formatNumber } from './format-number.ts';
import { PictureMenu } from './pictures/PictureMenu.tsx';
import { Plot, type PlotOptions } from './Plot.tsx';
import { quietAxis } from './plot-axes.ts';
import { usePlotPicture } from './uplot-drawing.ts';
import './line-chart.css';

export interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

/** A stretch of the x axis with a tint of its own. */
export interface Band {
  readonly from: number;
  readonly to: number;
  /** A colour variable. */
  readonly colour: string;
}

interface LineChartProps {
  readonly label: string;
  readonly lines: readonly Line[];
  /** Ascending; 0, 1, 2 ... where it is left out. */
  readonly places?: readonly number[];
  /** Names of the places. */
  readonly labels?: readonly string[];
  readonly bands?: readonly Band[];
  /** All lines on one scale; otherwise each has its own, and the first has the axis. */
  readonly together?: boolean;
  /** What its picture is called and says; without it the chart cannot be saved. */
  readonly picture?: LineChartPicture;
}

interface LineChartPicture {
  readonly name: string;
  readonly x: string;
  readonly y: string;
}

const colours = ['--out', '--state', '--shape', '--in'] as const;
const colourOf = (index: number): string => colours[index % colours.length] ?? '--out';

/** A few curves over one axis, with what the pointer is at written above. */
export function LineChart({ label, lines, places, labels, bands, together = false, picture }: LineChartProps): React.JSX.Element {
  const [hover, setHover] = useState<number | null>(null);
  const data = useMemo((): uPlot.AlignedData => {
    const length = lines.reduce((most, { values }) => Math.max(most, values.length), 0);
    const x = places ?? Array.from({ length }, (_, index) => index);
    return [[...x], ...lines.map(({ values }) => x.map((_, index) => finite(values[index])))];
  }, [lines, places]);
  const options = useMemo(() => chartOptions(lines.length, together, bands ?? [], labels, places, setHover), [lines.length, together, bands, labels, places]);
  const subject = useMemo(
    () => ({ name: picture?.name ?? '', x: picture?.x ?? '', y: picture?.y ?? '', title: label, curves: lines.map(({ name }) => name), placeNames: labels }),
    [picture, label, lines, labels],
  );
  const { picture: saved, onPlot } = usePlotPicture(subject);
  const at = hover === null ? null : (labels?.[hover] ?? String((places?.[hover] ?? hover) + 1));
  return (
    <div className="line-chart">
      <p className="line-chart-legend">
        {lines.map(({ name, values }, index) => (
          <span key={`${index} ${name}`} className="line-chart-entry">
            <i style={{ background: `var(${colourOf(index)})` }} aria-hidden />
            <span className="line-chart-name">{name}</span>
            {hover === null ? null : <span className="mono">{formatNumber(values[hover] ?? NaN)}</span>}
          </span>
        ))}
        <span className="line-chart-at mono">{at}</span>
        {picture === undefined ? null : <PictureMenu picture={saved} label={`Save: ${label}`} />}
      </p>
      <div className="line-chart-plot">
        <Plot label={label} options={options} data={data} onPlot={onPlot} />
      </div>
    </div>
  );
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function chartOptions(
  count: number,
  together: boolean,
  bands: readonly Band[],
  labels: readonly string[] | undefined,
  places: readonly number[] | undefined,
  onHover: (index: number | null) => void,
): PlotOptions {
  const scale = (index: number): string => (together ? 'y' : `y${index}`);
  const lines = Array.from({ length: count }, (_, index): uPlot.Series => {
    const first = index === 0;
    return { scale: scale(index), stroke: (plot) => cssColour(plot.root, colourOf(index)), width: first ? 1.5 : 1.25, points: { show: false } };
  });
  const nameOf = (tick: number): string => {
    const index = places === undefined ? tick : places.findIndex((place) => place >= tick);
    return labels?.[index] ?? (Number.isInteger(tick) ? (tick + 1).toLocaleString('en') : '');
  };
  return {
    legend: { show: false },
    padding: [6, 10, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false, setScale: false } },
    scales: { x: { time: false } },
    series: [{}, ...lines],
    axes: [
      quietAxis({ size: 20, gap: 3, space: 90, values: (_plot, ticks) => ticks.map(nameOf) }),
      quietAxis({ scale: scale(0), size: 50, gap: 5, space: 26, values: (_plot, ticks) => ticks.map((tick) => formatTick(tick)) }),
    ],
    hooks: {
      drawClear: [
        (plot) => {
          for (const band of bands) drawBand(plot, band);
        },
      ],
      setCursor: [
        ({ cursor }) => {
          onHover(cursor.idx ?? null);
        },
      ],
    },
  };
}

function formatTick(value: number): string {
  return Math.abs(value) >= 1e5 ? value.toExponential(1).replace('e+', 'e') : String(Number(value.toPrecision(6)));
}

function drawBand(plot: uPlot, { from, to, colour }: Band): void {
  const { ctx, bbox } = plot;
  const left = Math.max(bbox.left, plot.valToPos(from, 'x', true));
  const right = Math.min(bbox.left + bbox.width, plot.valToPos(to, 'x', true));
  if (right <= left) return;
  ctx.save();
  ctx.globalAlpha = 0.09;
  ctx.fillStyle = cssColour(plot.root, colour);
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
  ctx.globalAlpha = 1;
  ctx.fillRect(left, bbox.top + bbox.height - 2 * window.devicePixelRatio, right - left, 2 * window.devicePixelRatio);
  ctx.restore();
}
