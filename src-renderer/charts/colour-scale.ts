import { interpolateInferno } from 'd3-scale-chromatic';

/** The fixed scale of every gradient picture: log10 of the norm from 1e-8 (cold, vanished) to 1e4 (hot, exploding). */
const coldest = 1e-8;
const hottest = 1e4;
export const scaleTicks = [1e-8, 1e-5, 1e-2, 1e1, 1e4] as const;

const shades = 256;
const inferno: readonly string[] = Array.from({ length: shades }, (_, index) => interpolateInferno(index / (shades - 1)));

/** CSS gradient of the whole scale, for legends. */
export const scaleGradient = `linear-gradient(90deg, ${Array.from({ length: 17 }, (_, index) => interpolateInferno(index / 16)).join(', ')})`;

/** Place of a non-negative finite norm on the scale, 0 (coldest) to 1 (hottest). Zero is coldest. */
export function placeOnScale(norm: number, low: number = coldest, high: number = hottest): number {
  if (norm <= low) return 0;
  if (norm >= high) return 1;
  return Math.log(norm / low) / Math.log(high / low);
}

/** Place of a finite number between two others, evenly. */
export function placeBetween(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}

/** Colour at a place from 0 to 1. */
export function shadeAt(place: number): string {
  const index = Math.round(Math.min(1, Math.max(0, place)) * (shades - 1));
  return inferno[index] ?? 'black';
}
