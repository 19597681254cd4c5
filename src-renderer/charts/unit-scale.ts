/** Scales of a picture of units over steps: states go from -1 to 1, orange to blue over nothing; gates from 0 to 1, shut to open. */
export type UnitScale = 'state' | 'gate';

export interface UnitColours {
  readonly ground: string;
  readonly positive: string;
  readonly negative: string;
}

interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** `#rgb` or `#rrggbb`. */
function rgbOf(colour: string): Rgb {
  const digits = colour.replace('#', '');
  const wide = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  const part = (at: number): number => Number.parseInt(wide.slice(at, at + 2), 16);
  return { red: part(0), green: part(2), blue: part(4) };
}

function mix(from: Rgb, to: Rgb, share: number): string {
  const part = (name: keyof Rgb): number => Math.round(from[name] + (to[name] - from[name]) * share);
  return `rgb(${part('red')} ${part('green')} ${part('blue')})`;
}

/** The colour of a finite value; what lies beyond the ends of the scale has the colour of its end. */
export function unitColour(scale: UnitScale, { ground, positive, negative }: UnitColours): (value: number) => string {
  const [none, up, down] = [rgbOf(ground), rgbOf(positive), rgbOf(negative)];
  return (value) => mix(none, value < 0 && scale === 'state' ? down : up, Math.min(1, Math.max(0, scale === 'state' ? Math.abs(value) : value)));
}
