import { shadeAt } from '../../charts/colour-scale.ts';
import { columnOf, type PlacedLane } from '../layout.ts';
import type { Feed } from '../network-lanes.ts';
import type { Picture } from './picture.ts';
import { nodeSize, rowPitch } from './projection.ts';

type Span = readonly [number, number];

/** Columns pressed closer together than this have no room for wires between their nodes. */
const LEAST = 14;

interface Geometry {
  readonly x: (column: number) => number;
  readonly y: (row: number) => number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly pitch: number;
}

/** The wires under the nodes: up from lane to lane, and along time in the direction each cell reads. */
export function paintWires(context: CanvasRenderingContext2D, picture: Picture, span: Span): void {
  const { layout, view, frame, colours } = picture;
  const row = rowPitch(view.pitch, layout, frame);
  const { width, height } = nodeSize(view.pitch, row);
  const geometry: Geometry = {
    x: (column) => view.left + (column + 0.5) * view.pitch,
    y: (each) => view.top + (each + 0.5) * row,
    halfWidth: width / 2,
    halfHeight: height / 2,
    pitch: view.pitch,
  };
  context.lineCap = 'butt';
  context.setLineDash([]);
  for (const lane of layout.lanes) {
    for (const feed of lane.feeds) {
      const source = layout.lanes[feed.from];
      if (source === undefined) continue;
      context.strokeStyle = lane.kind === 'output' ? colours.output : feed.to === 'first' ? colours.mute : colours.line2;
      context.globalAlpha = lane.kind === 'output' ? 0.75 : 1;
      context.lineWidth = lane.kind === 'output' ? 1.5 : 1.25;
      context.beginPath();
      paintFeed(context, geometry, picture, { lane, source, feed, span });
      context.stroke();
    }
  }
  context.globalAlpha = 1;
  if (view.pitch < LEAST) return;
  for (const [index, lane] of layout.lanes.entries()) if (lane.kind === 'cell') paintTime(context, geometry, picture, index, span);
}

interface Fed {
  readonly lane: PlacedLane;
  readonly source: PlacedLane;
  readonly feed: Feed;
  readonly span: Span;
}

function paintFeed(context: CanvasRenderingContext2D, geometry: Geometry, picture: Picture, fed: Fed): void {
  const { lane, source, feed, span } = fed;
  if (feed.to === 'each' && feed.take === 'each' && lane.steps === source.steps) {
    if (geometry.pitch < LEAST && lane.steps === 'each') return;
    const passes = isPassing(picture, source, lane);
    for (let column = Math.max(span[0], lane.first); column <= Math.min(span[1], lane.first + lane.length - 1); column++) {
      upward(context, geometry, { from: column, fromRow: source.row, to: column, toRow: lane.row }, passes);
    }
    return;
  }
  const sources = stepsTaken(source, feed);
  const targets = feed.to === 'every' ? stepsTaken(lane, { ...feed, take: 'all' }) : [feed.to === 'first' ? (lane.backward ? lane.length : 1) : lane.length];
  for (const from of sources) {
    for (const to of targets) {
      const ends = { from: columnOf(source, from), fromRow: source.row, to: columnOf(lane, to), toRow: lane.row };
      if (Math.max(ends.from, ends.to) < span[0] || Math.min(ends.from, ends.to) > span[1]) continue;
      if (ends.fromRow === ends.toRow) sideways(context, geometry, ends);
      else upward(context, geometry, ends, ends.from === ends.to && isPassing(picture, source, lane));
    }
  }
}

function stepsTaken(source: PlacedLane, { take }: Pick<Feed, 'take'>): readonly number[] {
  switch (take) {
    case 'all':
      return Array.from({ length: source.length }, (_, index) => index + 1);
    case 'final':
      return [source.backward ? 1 : source.length];
    case 'each':
    case 'last':
      return [source.length];
  }
}

/** Another cell stands between the two rows, so that a straight wire would run beneath it. */
function isPassing({ layout }: Picture, source: PlacedLane, lane: PlacedLane): boolean {
  return layout.lanes.some(({ kind, row, axis }) => kind === 'cell' && axis === lane.axis && row < source.row && row > lane.row);
}

interface Ends {
  readonly from: number;
  readonly fromRow: number;
  readonly to: number;
  readonly toRow: number;
}

function upward(
  context: CanvasRenderingContext2D,
  { x, y, halfHeight, halfWidth, pitch }: Geometry,
  { from, fromRow, to, toRow }: Ends,
  passes: boolean,
): void {
  const [startX, startY, endX, endY] = [x(from), y(fromRow) - halfHeight, x(to), y(toRow) + halfHeight];
  context.moveTo(startX, startY);
  if (passes) {
    const aside = Math.min(halfWidth + (pitch / 2 - halfWidth) * 0.62, halfWidth + 12);
    const bend = Math.min(26, (startY - endY) * 0.22);
    context.bezierCurveTo(startX, startY - bend, startX + aside, startY - bend * 0.4, startX + aside, startY - bend * 1.4);
    context.lineTo(startX + aside, endY + bend * 1.4);
    context.bezierCurveTo(startX + aside, endY + bend * 0.4, endX, endY + bend, endX, endY);
  } else if (from === to) {
    context.lineTo(endX, endY);
  } else {
    const middle = (startY + endY) / 2;
    context.bezierCurveTo(startX, middle, endX, middle, endX, endY);
  }
}

function sideways(context: CanvasRenderingContext2D, { x, y, halfWidth }: Geometry, { from, fromRow, to }: Ends): void {
  const side = to > from ? 1 : -1;
  context.moveTo(x(from) + side * halfWidth, y(fromRow));
  context.lineTo(x(to) - side * halfWidth, y(fromRow));
}

/** From copy to copy, with an arrow the way the cell reads; in the colour of the gradient that comes back along it. */
function paintTime(context: CanvasRenderingContext2D, { x, y, halfWidth, pitch }: Geometry, picture: Picture, index: number, [first, last]: Span): void {
  const lane = picture.layout.lanes[index];
  if (lane === undefined) return;
  const height = y(lane.row);
  const side = lane.backward ? -1 : 1;
  const arrow = pitch >= 40 ? 4 : 0;
  const from = Math.max(first - 1, lane.first);
  const to = Math.min(last + 1, lane.first + lane.length - 1);
  for (let column = from; column < to; column++) {
    const [before, after] = lane.backward ? [column + 1, column] : [column, column + 1];
    const look = picture.look(index, after - lane.first + 1);
    const place = look.kind === 'shade' ? (look.places[0] ?? 0) : 0;
    const shaded = look.kind === 'shade' && !Number.isNaN(place);
    const tone = picture.colours.tones[index] ?? picture.colours.line3;
    context.strokeStyle = shaded ? shadeAt(Math.max(0.2, place)) : look.kind === 'value' ? tone : picture.colours.line2;
    context.lineWidth = shaded ? 1 + 2.2 * place : 1.25;
    const end = x(after) - side * halfWidth;
    context.beginPath();
    context.moveTo(x(before) + side * halfWidth, height);
    context.lineTo(end - side * (arrow > 0 ? 2 : 0), height);
    context.stroke();
    if (arrow === 0) continue;
    context.fillStyle = context.strokeStyle;
    context.beginPath();
    context.moveTo(end, height);
    context.lineTo(end - side * (arrow + 2), height - arrow);
    context.lineTo(end - side * (arrow + 2), height + arrow);
    context.fill();
  }
}
