import { columnOf, nodeIn, type Layout, type NodePlace } from '../layout.ts';
import type { Lane } from '../network-lanes.ts';

/** Where the picture stands: width of a column in CSS pixels, and the left and top edge of the grid in the box. */
export interface View {
  readonly pitch: number;
  readonly left: number;
  readonly top: number;
}

/** The box it is drawn in, and what is kept free for labels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Kept free of nodes at first sight: the names of the rows on the left, the numbers of the steps below. */
export const GUTTER = { left: 92, right: 20, top: 14, bottom: 30 } as const;

/** Column and row at their natural size. */
const COLUMN = 74;
const ROW = 92;
/** A column of a short sequence, which has room. */
const ROOMY = 128;
const LARGEST = 460;
const SMALLEST = 0.2;
/** Least height of a row. */
const LOWEST = 15;

/** Width of a column at which the whole picture is in sight: its natural one, else all columns pressed together. */
function wholePitch(layout: Layout, frame: Frame): number {
  const room = Math.max(40, frame.width - GUTTER.left - GUTTER.right);
  return Math.max(SMALLEST, Math.min(ROOMY, room / Math.max(1, layout.columns)));
}

/**
 * Height of a row. While the whole picture is in sight all rows are, however far its columns are pressed together: a long sequence stays readable as a
 * whole. Closer, rows grow with the columns, once these are as wide as their height asks for.
 */
export function rowPitch(pitch: number, layout: Layout, frame: Frame): number {
  const whole = wholePitch(layout, frame);
  const least = Math.max(LOWEST, Math.min((Math.max(whole, COLUMN) / COLUMN) * ROW, (frame.height - GUTTER.top - GUTTER.bottom) / Math.max(1, layout.rows)));
  return Math.max(least, Math.min((least * pitch) / whole, (pitch / COLUMN) * ROW));
}

/** A node's size for a width of its column: columns pressed together leave no gaps between nodes. Inputs and answers hold words, and have no wires beside them. */
export function nodeSize(pitch: number, row: number, kind: Lane['kind'] = 'cell'): { readonly width: number; readonly height: number } {
  const least = kind === 'cell' ? 0.64 : 0.88;
  const share = pitch >= 40 ? least : pitch <= 6 ? 1 : least + ((1 - least) * (40 - pitch)) / 34;
  return { width: Math.max(pitch * share - (pitch > 3 && pitch < 40 ? 0.8 : 0), 0.5), height: row * Math.min(0.62, Math.max(0.42, 0.42 + (64 - row) * 0.006)) };
}

export function rectOf(layout: Layout, frame: Frame, view: View, { lane, t }: NodePlace): Rect {
  const placed = layout.lanes[lane];
  const row = rowPitch(view.pitch, layout, frame);
  const { width, height } = nodeSize(view.pitch, row, placed?.kind);
  const column = placed === undefined ? 0 : columnOf(placed, t);
  const x = view.left + (column + 0.5) * view.pitch - width / 2;
  const y = view.top + ((placed?.row ?? 0) + 0.5) * row - height / 2;
  return { x, y, width, height };
}

/** The node under a point of the box, in CSS pixels. */
export function nodeAt(layout: Layout, frame: Frame, view: View, x: number, y: number): NodePlace | null {
  const row = rowPitch(view.pitch, layout, frame);
  const found = nodeIn(layout, Math.floor((x - view.left) / view.pitch), Math.floor((y - view.top) / row));
  if (found === null) return null;
  const rect = rectOf(layout, frame, view, found);
  const slack = Math.max(0, (view.pitch - rect.width) / 2 - 6);
  const inside = x >= rect.x - slack && x <= rect.x + rect.width + slack && y >= rect.y && y <= rect.y + rect.height;
  return inside ? found : null;
}

/** First and last column in sight, as far as there are any; from 0. */
export function visibleColumns(layout: Layout, frame: Frame, { pitch, left }: View): readonly [number, number] {
  const first = Math.max(0, Math.floor(-left / pitch));
  const last = Math.min(layout.columns - 1, Math.floor((frame.width - left) / pitch));
  return [first, last];
}

/** Everything in sight: columns at their natural width where they fit, else pressed together. */
export function fit(layout: Layout, frame: Frame): View {
  const room = Math.max(40, frame.width - GUTTER.left - GUTTER.right);
  const pitch = wholePitch(layout, frame);
  const row = rowPitch(pitch, layout, frame);
  const spareX = Math.max(0, room - pitch * layout.columns);
  const spareY = Math.max(0, frame.height - GUTTER.top - GUTTER.bottom - row * layout.rows);
  return { pitch, left: GUTTER.left + spareX / 2, top: GUTTER.top + spareY / 2 };
}

/** Zooms about a point of the box, which stays where it is. */
export function zoomAt(layout: Layout, frame: Frame, view: View, factor: number, x: number, y: number): View {
  const least = Math.min(COLUMN, wholePitch(layout, frame));
  const pitch = Math.min(LARGEST, Math.max(least, view.pitch * factor));
  const [before, after] = [rowPitch(view.pitch, layout, frame), rowPitch(pitch, layout, frame)];
  return hold(layout, frame, {
    pitch,
    left: x - ((x - view.left) * pitch) / view.pitch,
    top: y - ((y - view.top) * after) / before,
  });
}

export function panBy(layout: Layout, frame: Frame, view: View, dx: number, dy: number): View {
  return hold(layout, frame, { ...view, left: view.left + dx, top: view.top + dy });
}

/** Some of the picture always stays in sight; what fits whole stays whole. */
export function hold(layout: Layout, frame: Frame, view: View): View {
  const row = rowPitch(view.pitch, layout, frame);
  const width = view.pitch * layout.columns;
  const height = row * layout.rows;
  const rooms = { width: frame.width - GUTTER.left - GUTTER.right, height: frame.height - GUTTER.top - GUTTER.bottom };
  return {
    pitch: view.pitch,
    left: within(view.left, GUTTER.left, rooms.width, width),
    top: within(view.top, GUTTER.top, rooms.height, height),
  };
}

/** The start of an interval of `size` in a room that begins at `start`: inside it where it fits, over the whole of it where it does not. */
function within(value: number, start: number, room: number, size: number): number {
  const other = start + room - size;
  return Math.min(Math.max(start, other), Math.max(Math.min(start, other), value));
}

/** Brings a node into sight without changing the zoom. */
export function reveal(layout: Layout, frame: Frame, view: View, place: NodePlace): View {
  const rect = rectOf(layout, frame, view, place);
  const dx = shortfall(rect.x, rect.x + rect.width, GUTTER.left, frame.width - GUTTER.right);
  const dy = shortfall(rect.y, rect.y + rect.height, GUTTER.top, frame.height - GUTTER.bottom);
  return dx === 0 && dy === 0 ? view : { ...view, left: view.left + dx, top: view.top + dy };
}

function shortfall(start: number, end: number, low: number, high: number): number {
  if (start < low) return low - start;
  return end > high ? Math.max(high - end, low - start) : 0;
}
