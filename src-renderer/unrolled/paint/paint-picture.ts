import { paintBar, paintNode, type NodeStyle } from './paint-node.ts';
import { paintWires } from './paint-wires.ts';
import type { CopyBars, Picture, PictureColours } from './picture.ts';
import { GUTTER, rectOf, rowPitch, visibleColumns } from './projection.ts';
import { LETTERS, monoFont } from '../../charts/letters.ts';

/** Height kept below the picture for the bars of the copies. */
export const BARS = 66;

/** Paints what is in sight; the context is already scaled to CSS pixels. */
export function paintPicture(context: CanvasRenderingContext2D, picture: Picture): void {
  const { frame, colours, bars } = picture;
  context.clearRect(0, 0, frame.width, frame.height + (bars === null ? 0 : BARS));
  const span = visibleColumns(picture.layout, frame, picture.view);
  context.save();
  context.beginPath();
  context.rect(0, 0, frame.width, frame.height - GUTTER.bottom + 4);
  context.clip();
  paintBoundaries(context, picture);
  paintWires(context, picture, span);
  paintNodes(context, picture, span);
  paintInnerNames(context, picture);
  context.restore();
  paintSteps(context, picture, span);
  if (bars !== null) paintBars(context, picture, span);
  paintNames(context, picture);
  context.fillStyle = colours.text;
}

type Span = readonly [number, number];

/** Lane whose copies are lit up together: that of the node pointed at. */
function litLane({ pointed, layout }: Picture): number | null {
  return pointed !== null && layout.lanes[pointed.lane]?.kind === 'cell' ? pointed.lane : null;
}

function paintNodes(context: CanvasRenderingContext2D, picture: Picture, [first, last]: Span): void {
  const { layout, frame, view, look, pointed, chosen, isCurrent, colours } = picture;
  const lit = litLane(picture);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const [index, lane] of layout.lanes.entries()) {
    const from = Math.max(1, first - lane.first + 1);
    const to = Math.min(lane.length, last - lane.first + 1);
    const tone = colours.tones[index] ?? colours.line3;
    for (let t = from; t <= to; t++) {
      const place = { lane: index, t };
      const style: NodeStyle = {
        kind: lane.kind,
        tone,
        lit: lit === index,
        dim: lit !== null && lit !== index && lane.kind === 'cell',
        pointed: pointed?.lane === index && pointed.t === t,
        chosen: chosen?.lane === index && chosen.t === t,
        current: isCurrent(index, t),
      };
      paintNode(context, rectOf(layout, frame, view, place), look(index, t), style, colours);
    }
  }
  context.globalAlpha = 1;
}

function paintBoundaries(context: CanvasRenderingContext2D, { boundaries, view, frame, colours }: Picture): void {
  if (boundaries.length === 0) return;
  context.save();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.setLineDash([5, 4]);
  context.beginPath();
  for (const column of boundaries) {
    const x = Math.round(view.left + column * view.pitch) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, frame.height - GUTTER.bottom + 2);
  }
  context.stroke();
  context.restore();
}

const NICE = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000];
/** Least pixels between two numbers of steps. */
const APART = 46;

/** Numbers of the steps under the columns; where targets have steps of their own they count from 1 again. */
function paintSteps(context: CanvasRenderingContext2D, { layout, view, frame, colours }: Picture, [first, last]: Span): void {
  const every = NICE.find((each) => each * view.pitch >= APART) ?? 10_000;
  const cells = layout.lanes.filter(({ kind }) => kind === 'cell');
  const begin = cells.find(({ axis }) => axis === 'targets')?.first ?? layout.columns;
  context.font = monoFont(LETTERS.axis);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colours.faint;
  const y = frame.height - GUTTER.bottom / 2 + 3;
  for (let column = first; column <= last; column++) {
    const t = column >= begin ? column - begin + 1 : column + 1;
    if (t !== 1 && t % every !== 0) continue;
    const x = view.left + (column + 0.5) * view.pitch;
    // The first one is wider than the others.
    const crowded = t !== 1 && (t - 1) * view.pitch < APART;
    if (x < GUTTER.left - 8 || crowded) continue;
    context.fillText(t === 1 || view.pitch >= 56 ? `t = ${t}` : String(t), x, y);
  }
}

/** The names stay at the left edge, over whatever is panned beneath them. */
function paintNames(context: CanvasRenderingContext2D, picture: Picture): void {
  const { layout, frame, view, names, colours } = picture;
  const row = rowPitch(view.pitch, layout, frame);
  const lit = litLane(picture);
  const ground = context.createLinearGradient(0, 0, GUTTER.left, 0);
  ground.addColorStop(0, colours.ground);
  ground.addColorStop(0.72, colours.ground);
  ground.addColorStop(1, `${colours.ground}00`);
  context.fillStyle = ground;
  context.fillRect(0, 0, GUTTER.left, frame.height - GUTTER.bottom + 4);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const [index, lane] of layout.lanes.entries()) {
    const y = view.top + (lane.row + 0.5) * row;
    if (y < 0 || y > frame.height - GUTTER.bottom || named(picture, index)) continue;
    const tone = colours.tones[index] ?? colours.line3;
    context.fillStyle = tone;
    context.fillRect(8, y - 6, 3, 12);
    context.font = monoFont(LETTERS.note, lit === index);
    context.fillStyle = lit === index ? colours.text : colours.mute;
    context.fillText(shortened(context, names[index] ?? '', GUTTER.left - 26), 17, y);
  }
}

/** Of two lanes that share a row (an encoder and its decoder), the one in sight at the left is named. */
function named({ layout, view }: Picture, index: number): boolean {
  const lane = layout.lanes[index];
  if (lane === undefined) return true;
  const shared = layout.lanes.flatMap((each, other) => (each.row === lane.row ? [{ other, ...each }] : []));
  const inSight = shared.findLast(({ first }) => view.left + first * view.pitch <= GUTTER.left) ?? shared[0];
  return inSight?.other !== index;
}

function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && context.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short}…`;
}

/** An encoder's row goes on with its decoder: the lane that begins further right has its name over its first node. */
function paintInnerNames(context: CanvasRenderingContext2D, { layout, frame, view, names, colours }: Picture): void {
  context.font = monoFont(LETTERS.axis);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  for (const [index, lane] of layout.lanes.entries()) {
    if (lane.kind !== 'cell' || lane.first === 0) continue;
    const { x, y, width } = rectOf(layout, frame, view, { lane: index, t: 1 });
    if (width < 12) continue;
    context.fillStyle = colours.mute;
    context.fillText(names[index] ?? '', x, y - 7);
  }
}

function paintBars(context: CanvasRenderingContext2D, { bars, view, frame, colours }: Picture, [first, last]: Span): void {
  const bottom = frame.height + BARS - 6;
  const width = Math.max(1, Math.min(34, view.pitch * 0.5));
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, bottom + 0.5);
  context.lineTo(frame.width, bottom + 0.5);
  context.stroke();
  for (const { column, height, place, added } of bars?.bars ?? []) {
    if (column < first || column > last) continue;
    const x = view.left + (column + 0.5) * view.pitch - width / 2;
    const tall = Math.max(1.5, height * (BARS - 14));
    paintBar(context, { x, y: bottom - tall, width, height: tall }, place, added, colours);
  }
  if (bars?.sum !== undefined && bars.sum !== null) paintSum(context, bars.sum, bottom, colours);
}

/** The sum of the copies added so far, at the left edge. */
function paintSum(context: CanvasRenderingContext2D, sum: NonNullable<CopyBars['sum']>, bottom: number, colours: PictureColours): void {
  context.fillStyle = colours.ground;
  context.fillRect(0, bottom - BARS + 4, GUTTER.left - 8, BARS - 5);
  const tall = Math.max(1.5, sum.height * (BARS - 14));
  paintBar(context, { x: GUTTER.left - 34, y: bottom - tall, width: 18, height: tall }, sum.place, true, colours);
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.fillStyle = colours.faint;
  context.font = monoFont(LETTERS.axis);
  context.fillText('sum so', 8, bottom - 28);
  context.fillText('far', 8, bottom - 16);
  context.fillStyle = colours.text;
  context.fillText(sum.text, 8, bottom - 3);
}
