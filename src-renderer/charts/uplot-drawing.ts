import { useMemo, useState } from 'react';
import type uPlot from 'uplot';
import { cssColour } from './css-colours.ts';
import { formatNumber } from './format-number.ts';
import type { Picture } from './pictures/picture.ts';
import { plotPicture, type PlotAxis, type PlotCurve, type PlotDrawing, type PlotLevel } from './pictures/plot-picture.ts';
import type { PlotScale } from './plot-ticks.ts';

/** What a plot is about, in words that stand in its picture. */
export interface PlotSubject {
  /** Of the file: `loss`. */
  readonly name: string;
  readonly title: string;
  /** Names of the axes, with their units. */
  readonly x: string;
  readonly y: string;
  readonly right?: { readonly scale: string; readonly label: string } | undefined;
  /** Names of the curves, in the order of the series. */
  readonly curves: readonly string[];
  readonly placeNames?: readonly string[] | undefined;
  readonly levels?: readonly PlotLevel[] | undefined;
}

/** What a plot on the screen shows, as a drawing: the same numbers, colours and stretches of the axes. */
function drawingOf(plot: uPlot, subject: PlotSubject): PlotDrawing {
  const page = plot.root;
  const [, first] = plot.series;
  const yScale = plot.axes.find((axis, index) => index > 0 && axis.scale !== subject.right?.scale)?.scale ?? first?.scale ?? 'y';
  return {
    title: subject.title,
    x: axisOf(plot, 'x', subject.x),
    y: axisOf(plot, yScale, subject.y),
    right:
      subject.right === undefined || typeof plot.scales[subject.right.scale]?.min !== 'number' ? null : axisOf(plot, subject.right.scale, subject.right.label),
    places: plot.data[0],
    ...(subject.placeNames === undefined ? {} : { placeNames: subject.placeNames }),
    curves: plot.series.slice(1).flatMap((series, index) => curveOf(plot, series, index + 1, { yScale, subject })),
    levels: subject.levels ?? [],
    colours: { ground: cssColour(page, '--panel'), line: cssColour(page, '--line'), text: cssColour(page, '--text'), mute: cssColour(page, '--mute') },
  };
}

/** As uPlot numbers its distributions and directions. */
const LOGARITHMIC = 3;
const BACKWARD = -1;

function scaleOf(plot: uPlot, name: string): PlotScale {
  const { min, max, distr, dir } = plot.scales[name] ?? {};
  return { min: min ?? 0, max: max ?? 1, log: Number(distr) === LOGARITHMIC, reversed: Number(dir) === BACKWARD };
}

function axisOf(plot: uPlot, scale: string, label: string): PlotAxis {
  const index = plot.axes.findIndex((axis) => axis.scale === scale);
  const { values } = plot.axes[index] ?? {};
  return {
    ...scaleOf(plot, scale),
    label,
    format: (value) => {
      const said: unknown = typeof values === 'function' ? values(plot, [value], index, 0, 0)[0] : null;
      return typeof said === 'string' || typeof said === 'number' ? String(said) : formatNumber(value);
    },
  };
}

interface CurveSurroundings {
  readonly yScale: string;
  readonly subject: PlotSubject;
}

function curveOf(plot: uPlot, series: uPlot.Series, index: number, { yScale, subject }: CurveSurroundings): readonly PlotCurve[] {
  const values = plot.data[index];
  if (series.show === false || values === undefined || !hasNumbers(values)) return [];
  const stroke: unknown = typeof series.stroke === 'function' ? series.stroke(plot, index) : series.stroke;
  const scale = series.scale ?? 'y';
  const right = scale === subject.right?.scale;
  return [
    {
      name: subject.curves[index - 1] ?? `curve ${index}`,
      colour: typeof stroke === 'string' ? stroke : cssColour(plot.root, '--text'),
      values: series.spanGaps === true ? Array.from(values, (value) => value ?? undefined) : values,
      width: series.width ?? 1.5,
      right,
      ...(series.dash === undefined ? {} : { dash: series.dash }),
      ...(scale === yScale || right ? {} : { own: scaleOf(plot, scale) }),
    },
  ];
}

function hasNumbers(values: ArrayLike<number | null | undefined>): boolean {
  return Array.from(values).some((value) => typeof value === 'number');
}

interface PlotPicture {
  readonly picture: Picture;
  /** For `Plot`, which tells of itself. */
  readonly onPlot: (plot: uPlot | null) => void;
}

/** The picture of a plot that is on the screen; it is drawn when it is saved. */
export function usePlotPicture(subject: PlotSubject): PlotPicture {
  const [plot, setPlot] = useState<uPlot | null>(null);
  const picture = useMemo(
    () =>
      plotPicture(subject.name, () => {
        if (plot === null) throw new Error('a plot without a size cannot be saved');
        return drawingOf(plot, subject);
      }),
    [plot, subject],
  );
  return { picture, onPlot: setPlot };
}
