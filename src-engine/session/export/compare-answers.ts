import type { Answer } from '../model-runner.ts';

/** A file whose answers are further than this from the model's is not called exported. */
export const LARGEST_DIFFERENCE = 1e-4;

/** Largest difference of two lists of answers, relative for numbers beyond 1; Infinity where they are not of one shape, or not numbers. */
export function largestDifference(expected: readonly (readonly Answer[])[], found: readonly (readonly Answer[])[]): number {
  return compared(expected, found);
}

function compared(one: unknown, other: unknown): number {
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return Infinity;
    return one.reduce<number>((largest, each, place) => Math.max(largest, compared(each, other[place])), 0);
  }
  if (typeof one !== 'number' || typeof other !== 'number') return Infinity;
  const difference = Object.is(one, other) ? 0 : Math.abs(one - other) / Math.max(1, Math.abs(one));
  return Number.isNaN(difference) ? Infinity : difference;
}
