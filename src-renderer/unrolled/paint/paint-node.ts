import { shadeAt } from '../../charts/colour-scale.ts';
import type { Lane } from '../network-lanes.ts';
import type { NodeLook } from './node-look.ts';
import type { PictureColours } from './picture.ts';
import type { Rect } from './projection.ts';
import { LETTERS, monoFont } from '../../charts/letters.ts';

export interface NodeStyle {
  readonly kind: Lane['kind'];
  readonly tone: string;
  /** Its function is pointed at. */
  readonly lit: boolean;
  readonly dim: boolean;
  readonly pointed: boolean;
  readonly chosen: boolean;
  readonly current: boolean;
}

/** Narrower nodes are plain bars, without corners, edges and text. */
const PLAIN = 9;
const TEXT = 26;
/** From here on a shade is bright enough for dark text. */
const BRIGHT = 0.64;

export function paintNode(context: CanvasRenderingContext2D, rect: Rect, look: NodeLook, style: NodeStyle, colours: PictureColours): void {
  context.globalAlpha = style.dim ? 0.45 : 1;
  const plain = rect.width < PLAIN;
  const [place] = look.kind === 'shade' ? look.places : [];
  if (plain && look.kind === 'shade' && look.places.length === 1 && place !== undefined && !Number.isNaN(place)) {
    context.fillStyle = shadeAt(place);
    context.fillRect(rect.x, rect.y, rect.width, rect.height);
    mark(context, rect, style, colours);
    return;
  }
  outline(context, rect, plain);
  fill(context, rect, look, style, colours);
  if (plain) mark(context, rect, style, colours);
  else edge(context, rect, look, style, colours);
  if (rect.width >= TEXT) write(context, rect, look, style, colours);
}

/** What an edge says of a wide node, above and below a narrow one. */
function mark(
  context: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  { lit, pointed, chosen, current, tone }: NodeStyle,
  colours: PictureColours,
): void {
  if (!(lit || pointed || chosen || current)) return;
  context.fillStyle = pointed || chosen ? colours.text : current ? colours.accent : tone;
  context.fillRect(x, y - 3, width, 2);
  context.fillRect(x, y + height + 1, width, 2);
}

function outline(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, plain: boolean): void {
  context.beginPath();
  if (plain) context.rect(x, y, width, height);
  else context.roundRect(x, y, width, height, Math.min(7, width / 4));
}

function fill(context: CanvasRenderingContext2D, rect: Rect, look: NodeLook, { kind, tone }: NodeStyle, colours: PictureColours): void {
  switch (look.kind) {
    case 'blank':
      context.fillStyle = rect.width < PLAIN ? colours.line : colours.panel;
      context.fill();
      return;
    case 'masked':
      context.fillStyle = colours.panel;
      context.fill();
      hatch(context, rect, colours.line2, 1);
      return;
    case 'value':
      context.fillStyle = kind === 'output' ? colours.output : colours.panel;
      context.fill();
      if (kind === 'output') return;
      context.save();
      context.globalAlpha *= kind === 'cell' ? 0.3 : rect.width < PLAIN ? 0.3 : 0.08;
      context.fillStyle = tone;
      context.fill();
      context.restore();
      return;
    case 'shade':
      shades(context, rect, look.places, colours);
  }
}

function shades(context: CanvasRenderingContext2D, rect: Rect, places: readonly number[], colours: PictureColours): void {
  const [only] = places;
  if (places.length === 1 && only !== undefined && !Number.isNaN(only)) {
    context.fillStyle = shadeAt(only);
    context.fill();
    return;
  }
  context.save();
  context.clip();
  const width = rect.width / Math.max(1, places.length);
  for (const [index, place] of places.entries()) {
    const band = { ...rect, x: rect.x + index * width, width: width + 0.5 };
    context.fillStyle = Number.isNaN(place) ? colours.heat : shadeAt(place);
    context.fillRect(band.x, band.y, band.width, band.height);
    if (Number.isNaN(place)) hatch(context, band, colours.bad, -1);
  }
  context.restore();
}

/** Lines one way for what is masked, the other way for what is not finite. */
function hatch(context: CanvasRenderingContext2D, { x, y, width, height }: Rect, colour: string, slope: 1 | -1): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = slope === 1 ? 1 : 1.5;
  context.beginPath();
  for (let at = x - height; at < x + width + height; at += 5) {
    context.moveTo(at, slope === 1 ? y + height : y);
    context.lineTo(at + height, slope === 1 ? y : y + height);
  }
  context.stroke();
  context.restore();
}

function edge(context: CanvasRenderingContext2D, rect: Rect, look: NodeLook, style: NodeStyle, colours: PictureColours): void {
  const { pointed, chosen, current, lit, tone, kind } = style;
  context.lineWidth = chosen || pointed ? 2 : current || lit ? 1.75 : 1;
  const plainEdge = look.kind === 'value' || kind !== 'cell' ? tone : colours.line2;
  context.strokeStyle = chosen || pointed ? colours.text : current ? colours.accent : lit ? tone : plainEdge;
  if (look.kind === 'blank' && !lit && !pointed && !chosen) {
    context.save();
    context.globalAlpha *= kind === 'cell' ? 0.55 : 0.6;
    context.strokeStyle = tone;
    context.stroke();
    context.restore();
  } else {
    context.stroke();
  }
  if (!current || kind !== 'cell') return;
  outline(context, { x: rect.x - 4, y: rect.y - 4, width: rect.width + 8, height: rect.height + 8 }, false);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.stroke();
}

function write(context: CanvasRenderingContext2D, rect: Rect, look: NodeLook, { kind, tone }: NodeStyle, colours: PictureColours): void {
  if (look.kind === 'blank' || look.kind === 'masked') return;
  const lines = look.text().split('\n');
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 1);
  const room = Math.min((rect.width - 6) / longest / 0.6, (rect.height - 4) / lines.length / 1.1);
  const size = LETTERS.node.findLast((each) => each <= room) ?? (room > 7.5 ? Math.floor(room * 2) / 2 : LETTERS.node[0]);
  context.font = monoFont(size);
  context.fillStyle = inkOf(look, kind, tone, colours);
  const fits = Math.max(1, Math.floor((rect.width - 4) / (size * 0.6)));
  const middle = rect.y + rect.height / 2 + 0.5;
  for (const [index, line] of lines.entries()) {
    const text = line.length > fits ? `${line.slice(0, Math.max(1, fits - 1))}…` : line;
    context.fillText(text, rect.x + rect.width / 2, middle + (index - (lines.length - 1) / 2) * size * 1.15);
  }
}

function inkOf(look: NodeLook, kind: Lane['kind'], tone: string, colours: PictureColours): string {
  if (look.kind === 'shade') {
    const middle = look.places[Math.floor(look.places.length / 2)] ?? 0;
    return middle >= BRIGHT ? colours.onBright : colours.onDark;
  }
  if (kind === 'input') return tone;
  return kind === 'output' ? colours.onOutput : colours.text;
}

/** A copy's part of the gradient: filled once it has been added, dashed before. */
export function paintBar(context: CanvasRenderingContext2D, rect: Rect, place: number, added: boolean, colours: PictureColours): void {
  context.globalAlpha = 1;
  context.beginPath();
  context.roundRect(rect.x, rect.y, rect.width, rect.height, [Math.min(3, rect.width / 3), Math.min(3, rect.width / 3), 0, 0]);
  if (added) {
    context.fillStyle = Number.isNaN(place) ? colours.bad : shadeAt(place);
    context.fill();
    context.strokeStyle = colours.line2;
    context.lineWidth = 1;
    if (rect.width > 4) context.stroke();
    return;
  }
  context.save();
  context.strokeStyle = colours.line3;
  context.lineWidth = 1;
  if (rect.width > 4) context.setLineDash([3, 3]);
  context.stroke();
  context.restore();
}
