import type uPlot from 'uplot';
import { cssColour } from './css-colours.ts';
import { LETTERS, monoFont, sansFont } from './letters.ts';

const font = monoFont(LETTERS.axis);

/** Axes in the look of the window: quiet figures, hairline grid, no ticks. */
export function quietAxis(axis: uPlot.Axis): uPlot.Axis {
  return {
    stroke: (plot) => cssColour(plot.root, '--faint'),
    font,
    grid: { stroke: (plot) => cssColour(plot.root, '--line'), width: 1 },
    ticks: { show: false },
    border: { show: false },
    ...axis,
  };
}

/** Where to write on a logarithmic axis: whole decades, thinned where they crowd; 1, 2 and 5 of each where there are few. */
export function decadeSplits(low: number, high: number, most: number): number[] {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const factors = last - first <= 2 && most >= 5 ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(2, most)));
  const splits: number[] = [];
  for (let decade = last; decade >= first; decade -= every) splits.unshift(...factors.map((factor) => Number(`${factor}e${decade}`)));
  return splits.filter((split) => split >= low * 0.999 && split <= high * 1.001);
}

/** Writes over curves: a rim in the panel's colour keeps the words apart from them. Takes fill colour, font and place from the context. */
function writeOver(plot: uPlot, text: string, x: number, y: number): void {
  const { ctx } = plot;
  ctx.setLineDash([]);
  ctx.lineJoin = 'round';
  ctx.lineWidth = 3.5 * window.devicePixelRatio;
  ctx.strokeStyle = cssColour(plot.root, '--panel');
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
}

/** A dashed line across the plot at one height, with its name at its right end; at its left one where the name of a point, at the height `point`, is close. */
export function drawLevel(plot: uPlot, scale: string, value: number, label: string, colour: string, point: number | null = null): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, scale, true)) + 0.5;
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = ratio;
  ctx.setLineDash([4 * ratio, 4 * ratio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = sansFont(LETTERS.axis * ratio);
  const close = point !== null && Math.abs(plot.valToPos(point, scale, true) - y) < 32 * ratio;
  ctx.textAlign = close ? 'left' : 'right';
  const below = y - bbox.top < 16 * ratio;
  ctx.textBaseline = below ? 'top' : 'bottom';
  writeOver(plot, label, bbox.left + (close ? 4 * ratio : bbox.width - 4 * ratio), y + (below ? 3 : -3) * ratio);
  ctx.restore();
}

export interface PlotPoint {
  readonly scale: string;
  readonly x: number;
  readonly value: number;
  readonly label: string;
  readonly colour: string;
  /** A level whose line the name should not stand on. */
  readonly avoid: number | null;
}

/** A ring at one place, with its name above it, below it, or beside it where neither has room. */
export function drawPoint(plot: uPlot, { scale, x, value, label, colour, avoid }: PlotPoint): void {
  const { ctx, bbox } = plot;
  const ratio = window.devicePixelRatio;
  const radius = 4.5 * ratio;
  const at = Math.min(plot.valToPos(x, 'x', true), bbox.left + bbox.width - radius - ratio);
  const y = plot.valToPos(value, scale, true);
  const inside = at >= bbox.left && y >= bbox.top - radius && y <= bbox.top + bbox.height;
  if (!inside) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = cssColour(plot.root, '--panel');
  ctx.lineWidth = 2 * ratio;
  ctx.setLineDash([]);
  ctx.beginPath();
  ctx.arc(at, y, radius, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = colour;
  ctx.font = sansFont(LETTERS.axis * ratio, true);
  ctx.textAlign = 'right';
  const room = y - bbox.top > 22 * ratio;
  const level = avoid === null ? -1 : plot.valToPos(avoid, scale, true);
  const below = (avoid !== null && value <= avoid) || (!room && (level < y || level - y > 30 * ratio));
  if (room || below) {
    ctx.textBaseline = below ? 'top' : 'bottom';
    writeOver(plot, label, at + radius, y + (below ? 8 : -8) * ratio);
  } else {
    ctx.textBaseline = 'middle';
    writeOver(plot, label, at - radius - 5 * ratio, y);
  }
  ctx.restore();
}

/** A vertical mark at one x, with its name at its foot, or so many lines above it. */
export function drawMark(plot: uPlot, x: number, label: string, colour: string, line = 0): void {
  const { ctx, bbox } = plot;
  const at = Math.round(plot.valToPos(x, 'x', true)) + 0.5;
  if (at < bbox.left || at > bbox.left + bbox.width) return;
  const ratio = window.devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = monoFont(LETTERS.axis * ratio);
  ctx.textBaseline = 'bottom';
  const left = at + 120 * ratio > bbox.left + bbox.width;
  ctx.textAlign = left ? 'right' : 'left';
  writeOver(plot, label, at + (left ? -4 : 4) * ratio, bbox.top + bbox.height - (3 + line * 1.4 * LETTERS.axis) * ratio);
  ctx.restore();
}
