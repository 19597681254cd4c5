import { csvText } from './csv.ts';
import type { Picture } from './picture.ts';
import { plotTicks, type PlotScale } from '../plot-ticks.ts';
import { svgFile, svgNumber, svgText } from './svg.ts';
import { LETTERS } from '../letters.ts';

/** A curve of a plot: its y at each x; null breaks it, undefined lets it run on. */
export interface PlotCurve {
  readonly name: string;
  /** A colour of the page, resolved. */
  readonly colour: string;
  readonly values: ArrayLike<number | null | undefined>;
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly dots?: boolean;
  /** Bars from 0 up, in place of a line; the places are equally far apart. */
  readonly bars?: boolean;
  /** On the axis at the right. */
  readonly right?: boolean;
  /** On a scale of its own, which has no axis. */
  readonly own?: PlotScale;
}

export interface PlotAxis extends PlotScale {
  readonly label: string;
  readonly format: (value: number) => string;
}

/** A line at one height, with its name. */
export interface PlotLevel {
  readonly name: string;
  readonly value: number;
  readonly right: boolean;
}

export interface PlotDrawing {
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly right: PlotAxis | null;
  /** Ascending. */
  readonly places: ArrayLike<number>;
  /** Names of the places, in a table. */
  readonly placeNames?: readonly string[];
  readonly curves: readonly PlotCurve[];
  readonly levels?: readonly PlotLevel[];
  readonly colours: { readonly ground: string; readonly line: string; readonly text: string; readonly mute: string };
}

const size = { width: 960, height: 540 } as const;
const frame = { left: 76, right: 884, top: 84, bottom: 480 } as const;

type Place = (value: number) => number;

/** From values to pixels along an axis, `from` its least value. */
function placer({ min, max, log, reversed = false }: PlotScale, from: number, to: number): Place {
  const of = log ? Math.log10 : (value: number): number => value;
  const [low, high] = [of(min), of(max)];
  const share: Place = (value) => (high > low ? (of(value) - low) / (high - low) : 0.5);
  return (value) => from + (reversed ? 1 - share(value) : share(value)) * (to - from);
}

/** The plot as a drawing of its own: axes with their units, grid, curves, levels and a legend. */
export function plotSvg(drawing: PlotDrawing): string {
  const { title, x, y, right, curves, levels = [], colours } = drawing;
  const xAt = placer(x, frame.left, frame.right);
  const yAt = placer(y, frame.bottom, frame.top);
  const rightAt = right === null ? yAt : placer(right, frame.bottom, frame.top);
  return svgFile(size, title, colours.ground, [
    '<clipPath id="frame"><rect x="' + `${frame.left}" y="${frame.top}" width="${frame.right - frame.left}" height="${frame.bottom - frame.top}"/></clipPath>`,
    svgText({ x: 24, y: 34, text: title, colour: colours.text, size: LETTERS.picture.title, bold: true }),
    ...legend(curves, colours.text),
    ...upright(drawing, yAt),
    ...(right === null ? [] : rightAxis(right, rightAt, colours)),
    ...flat(drawing, xAt),
    '<g clip-path="url(#frame)">',
    ...levels.map((level) => levelLine(level, level.right ? rightAt : yAt, colours.mute)),
    ...curves.map((curve) => {
      const own = curve.own === undefined ? yAt : placer(curve.own, frame.bottom, frame.top);
      return curveLine(curve, drawing.places, xAt, curve.right === true ? rightAt : own);
    }),
    '</g>',
  ]);
}

function legend(curves: readonly PlotCurve[], colour: string): readonly string[] {
  let left = 24;
  return curves.flatMap((curve) => {
    const at = left;
    left += 44 + curve.name.length * 6.6;
    return [
      `<line x1="${svgNumber(at)}" y1="56" x2="${svgNumber(at + 18)}" y2="56" stroke="${curve.colour}" stroke-width="2.5"${dashOf(curve)}/>`,
      svgText({ x: at + 24, y: 60, text: curve.name, colour }),
    ];
  });
}

function upright({ y, colours }: PlotDrawing, at: Place): readonly string[] {
  return [
    ...plotTicks(y, 8).flatMap((tick) => [
      `<line x1="${frame.left}" y1="${svgNumber(at(tick))}" x2="${frame.right}" y2="${svgNumber(at(tick))}" stroke="${colours.line}"/>`,
      svgText({ x: frame.left - 8, y: at(tick) + 4, text: y.format(tick), colour: colours.mute, size: LETTERS.picture.note, anchor: 'end' }),
    ]),
    svgText({ x: 22, y: (frame.top + frame.bottom) / 2, text: y.label, colour: colours.mute, anchor: 'middle', turned: true }),
  ];
}

function rightAxis(axis: PlotAxis, at: Place, colours: PlotDrawing['colours']): readonly string[] {
  return [
    ...plotTicks(axis, 8).map((tick) =>
      svgText({ x: frame.right + 8, y: at(tick) + 4, text: axis.format(tick), colour: colours.mute, size: LETTERS.picture.note }),
    ),
    svgText({ x: size.width - 14, y: (frame.top + frame.bottom) / 2, text: axis.label, colour: colours.mute, anchor: 'middle', turned: true }),
  ];
}

function flat({ x, colours }: PlotDrawing, at: Place): readonly string[] {
  return [
    ...plotTicks(x, 10).flatMap((tick) => [
      `<line x1="${svgNumber(at(tick))}" y1="${frame.top}" x2="${svgNumber(at(tick))}" y2="${frame.bottom}" stroke="${colours.line}"/>`,
      svgText({ x: at(tick), y: frame.bottom + 18, text: x.format(tick), colour: colours.mute, size: LETTERS.picture.note, anchor: 'middle' }),
    ]),
    svgText({ x: (frame.left + frame.right) / 2, y: size.height - 16, text: x.label, colour: colours.mute, anchor: 'middle' }),
  ];
}

function dashOf({ dash }: PlotCurve): string {
  return dash === undefined ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
}

function levelLine({ name, value }: PlotLevel, at: Place, colour: string): string {
  const y = at(value);
  const line = `<line x1="${frame.left}" y1="${svgNumber(y)}" x2="${frame.right}" y2="${svgNumber(y)}" stroke="${colour}" stroke-dasharray="5 5"/>`;
  return `${line}${svgText({ x: frame.right - 6, y: y - 5, text: name, colour, size: LETTERS.picture.note, anchor: 'end' })}`;
}

function barsOf(curve: PlotCurve, places: ArrayLike<number>, xAt: Place, yAt: Place): string {
  const width = (0.92 * (frame.right - frame.left)) / Math.max(1, places.length);
  const bars = Array.from({ length: places.length }, (_, index) => {
    const top = yAt(curve.values[index] ?? 0);
    const left = xAt(places[index] ?? 0) - width / 2;
    return `<rect x="${svgNumber(left)}" y="${svgNumber(top)}" width="${svgNumber(width)}" height="${svgNumber(frame.bottom - top)}" fill="${curve.colour}"/>`;
  });
  return `<g>${bars.join('')}</g>`;
}

function curveLine(curve: PlotCurve, places: ArrayLike<number>, xAt: Place, yAt: Place): string {
  if (curve.bars === true) return barsOf(curve, places, xAt, yAt);
  const points: { readonly x: number; readonly y: number }[] = [];
  let path = '';
  let broken = true;
  for (let index = 0; index < places.length; index++) {
    const value = curve.values[index];
    if (value === undefined) continue;
    if (value === null || !Number.isFinite(yAt(value))) {
      broken = true;
      continue;
    }
    const point = { x: xAt(places[index] ?? 0), y: yAt(value) };
    path += `${broken ? 'M' : 'L'}${svgNumber(point.x)} ${svgNumber(point.y)}`;
    broken = false;
    points.push(point);
  }
  const line = `<path d="${path}" fill="none" stroke="${curve.colour}" stroke-width="${curve.width ?? 2}" stroke-linejoin="round"${dashOf(curve)}/>`;
  const dots = curve.dots === true || points.length === 1 ? points : [];
  return `<g>${line}${dots.map(({ x, y }) => `<circle cx="${svgNumber(x)}" cy="${svgNumber(y)}" r="3" fill="${curve.colour}"/>`).join('')}</g>`;
}

/** A row for each place, a column for each curve; what a curve does not have is empty. */
export function plotCsv({ x, places, placeNames, curves }: PlotDrawing): string {
  const named = placeNames === undefined ? [] : ['name'];
  return csvText(
    [x.label, ...named, ...curves.map(({ name }) => name)],
    Array.from({ length: places.length }, (_, index) => [
      places[index] ?? 0,
      ...(placeNames === undefined ? [] : [placeNames[index] ?? '']),
      ...curves.map(({ values }) => values[index] ?? null),
    ]),
  );
}

/** `drawing` is made when something is saved, from what is shown then. */
export function plotPicture(name: string, drawing: () => PlotDrawing): Picture {
  return { name, svg: () => plotSvg(drawing()), csv: () => plotCsv(drawing()) };
}
