import { shadeAt } from './colour-scale.ts';

export interface HeatmapRow {
  readonly label: string;
  /** One value per column. */
  readonly values: ArrayLike<number>;
  /** Place of a finite value on the colour scale, 0 to 1. */
  readonly place: (value: number) => number;
}

export interface HeatmapPaint {
  readonly rows: readonly HeatmapRow[];
  readonly columns: number;
  /** Cells that no example reaches, or that no gradient can. */
  readonly masked: (column: number, row: number) => boolean;
  /** Columns before which the gradient ends: a line stands there. */
  readonly boundaries?: readonly number[];
  readonly cursor: { readonly row: number; readonly column: number } | null;
}

export interface HeatmapGeometry {
  readonly width: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly rowGap: number;
}

export interface HeatmapColours {
  readonly ground: string;
  readonly hatch: string;
  readonly bad: string;
  readonly cursor: string;
  readonly boundary?: string;
}

/** Tallest and smallest a row may be, in CSS pixels. */
const tallestRow = 34;
const smallestRow = 10;
const rowGap = 4;
/** Cells narrower than this stand without a gap between them. */
const gapFrom = 6;

/** Of a picture with too many rows to read each, drawn without gaps. */
const thinnestRow = 1.5;

/** How rows share the height there is; taller than the box where they would become too thin to read. */
export function heatmapGeometry(rows: number, width: number, available: number, dense = false): HeatmapGeometry {
  if (dense) {
    const height = Math.max(thinnestRow * rows, available);
    return { width, height, rowHeight: height / Math.max(1, rows), rowGap: 0 };
  }
  const share = (available - rowGap * (rows - 1)) / Math.max(1, rows);
  const rowHeight = Math.floor(Math.min(tallestRow, Math.max(smallestRow, share)));
  return { width, height: rows * rowHeight + Math.max(0, rows - 1) * rowGap, rowHeight, rowGap };
}

/** Lines from the lower left to the upper right; crossed by others they mean something else. */
function hatch(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number, colour: string, crossed = false): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  const start = Math.floor((x - height) / 5) * 5;
  for (let at = start; at < x + width; at += 5) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
    if (!crossed) continue;
    context.moveTo(at, y);
    context.lineTo(at + height, y + height);
  }
  context.stroke();
  context.restore();
}

/** The value that stands for the columns one pixel covers: a non-finite one first, else the largest. */
function strongest(values: ArrayLike<number>, from: number, to: number): number {
  let found = Number.NEGATIVE_INFINITY;
  for (let column = from; column < to; column++) {
    const value = values[column] ?? Number.NaN;
    if (!Number.isFinite(value)) return value;
    if (value > found) found = value;
  }
  return found;
}

function paintRow(context: CanvasRenderingContext2D, index: number, paint: HeatmapPaint, geometry: HeatmapGeometry, colours: HeatmapColours): void {
  const row = paint.rows[index];
  if (row === undefined) return;
  const top = index * (geometry.rowHeight + geometry.rowGap);
  const y = Math.round(top);
  const height = Math.max(1, Math.round(top + geometry.rowHeight) - y);
  const cells = Math.min(paint.columns, Math.max(1, geometry.width));
  const gap = geometry.width / cells >= gapFrom && geometry.rowGap > 0 ? 1 : 0;
  for (let cell = 0; cell < cells; cell++) {
    const from = Math.floor((cell * paint.columns) / cells);
    const to = Math.max(from + 1, Math.floor(((cell + 1) * paint.columns) / cells));
    const x = Math.round((cell * geometry.width) / cells);
    const width = Math.max(1, Math.round(((cell + 1) * geometry.width) / cells) - x - gap);
    const value = strongest(row.values, from, to);
    if (paint.masked(from, index)) {
      hatch(context, x, y, width, height, colours.hatch);
    } else if (!Number.isFinite(value)) {
      context.fillStyle = colours.ground;
      context.fillRect(x, y, width, height);
      hatch(context, x, y, width, height, colours.bad, true);
    } else {
      context.fillStyle = shadeAt(row.place(value));
      context.fillRect(x, y, width, height);
    }
  }
}

function drawBoundaries(
  context: CanvasRenderingContext2D,
  { boundaries = [], columns }: HeatmapPaint,
  { width, height }: HeatmapGeometry,
  colours: HeatmapColours,
): void {
  if (boundaries.length === 0 || colours.boundary === undefined) return;
  context.save();
  context.strokeStyle = colours.boundary;
  context.lineWidth = 2;
  context.setLineDash([4, 3]);
  context.beginPath();
  for (const column of boundaries) {
    const x = Math.round((column * width) / columns) - 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  context.stroke();
  context.restore();
}

/** Draws the whole picture; the canvas is already scaled to CSS pixels. */
export function drawHeatmap(context: CanvasRenderingContext2D, paint: HeatmapPaint, geometry: HeatmapGeometry, colours: HeatmapColours): void {
  context.clearRect(0, 0, geometry.width, geometry.height);
  for (const index of paint.rows.keys()) paintRow(context, index, paint, geometry, colours);
  drawBoundaries(context, paint, geometry, colours);
  if (paint.cursor === null) return;
  const { row, column } = paint.cursor;
  const x = (column * geometry.width) / paint.columns;
  const width = Math.max(2, geometry.width / paint.columns);
  context.strokeStyle = colours.cursor;
  context.lineWidth = 1.5;
  context.strokeRect(x + 0.75, row * (geometry.rowHeight + geometry.rowGap) + 0.75, width - 1.5, geometry.rowHeight - 1.5);
}
