import type { Point, Size } from './geometry.ts';

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

const LABEL_HEIGHT = 18;
const CHARACTER = 6.32;
const MARGIN = 1;

/** Size of a shape label, from its text; JetBrains Mono at --type-xs. */
export function labelSize(text: string): Size {
  return { width: Math.ceil(text.length * CHARACTER) + 8, height: LABEL_HEIGHT };
}

/**
 * The centre of a wire's label: on the wire where there is room, else above or below it, never on a card; null where nothing is
 * free near the wire. `from` and `to` are the wire's ends.
 */
export function placeLabel(text: string, from: Point, to: Point, boxes: readonly Box[]): Point | null {
  const size = labelSize(text);
  const near = boxes.filter((box) => touches(box, reachOf(from, to, size)));
  for (const at of candidates(from, to)) {
    const here = {
      left: at.x - size.width / 2 - MARGIN,
      top: at.y - size.height / 2 - MARGIN,
      width: size.width + 2 * MARGIN,
      height: size.height + 2 * MARGIN,
    };
    if (!near.some((box) => touches(box, here))) return at;
  }
  return null;
}

const SHARES = [0.5, 0.35, 0.65, 0.2, 0.8] as const;
const OFFSETS = [0, 22, -22, 44, -44, 66, -66, 88, -88] as const;

/** Points along the wire first, then ever further above and below it. */
function* candidates(from: Point, to: Point): Generator<Point> {
  for (const offset of OFFSETS) {
    for (const share of SHARES) {
      const on = pointOnWire(from, to, share);
      yield { x: on.x, y: on.y + offset };
    }
  }
}

/** The curve React Flow draws between a right and a left side: a cubic with horizontal ends. */
export function pointOnWire(from: Point, to: Point, share: number): Point {
  const reach = to.x >= from.x ? (to.x - from.x) / 2 : 0.25 * 25 * Math.sqrt(from.x - to.x);
  const rest = 1 - share;
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3];
  return { x: a * from.x + b * (from.x + reach) + c * (to.x - reach) + d * to.x, y: (a + b) * from.y + (c + d) * to.y };
}

function reachOf(from: Point, to: Point, size: Size): Box {
  const margin = 110;
  const left = Math.min(from.x, to.x) - size.width - margin;
  const top = Math.min(from.y, to.y) - margin;
  return { left, top, width: Math.abs(to.x - from.x) + 2 * (size.width + margin), height: Math.abs(to.y - from.y) + 2 * margin };
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;
}
