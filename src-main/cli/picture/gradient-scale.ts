import { interpolateInferno } from 'd3-scale-chromatic';
import type { Colour } from './canvas.ts';

/** The window's scale (`src-renderer/charts/colour-scale.ts`): log10 of the norm, from vanished to exploding, whatever the model. */
export const COLDEST = 1e-8;
export const HOTTEST = 1e4;
export const TICKS = [1e-8, 1e-5, 1e-2, 1e1, 1e4] as const;

/** Place of a norm on the scale, 0 to 1. */
export function placeOnScale(norm: number): number {
  if (norm <= COLDEST) return 0;
  return Math.min(1, Math.log(norm / COLDEST) / Math.log(HOTTEST / COLDEST));
}

export function colourAt(place: number): Colour {
  // `rgb(r, g, b)` or `#rrggbb`.
  const text = interpolateInferno(place);
  const parts = text.startsWith('#') ? [1, 3, 5].map((at) => Number.parseInt(text.slice(at, at + 2), 16)) : (text.match(/\d+/gu) ?? []).map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}
