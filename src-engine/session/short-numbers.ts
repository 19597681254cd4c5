import { toJson, type JsonNumber } from './json-number.ts';

/** More than a float32 has. */
const DIGITS = 8;

/** A number with 8 digits: float64 would say twice as much, at random. */
export function shortNumber(value: number): JsonNumber {
  return toJson(Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value);
}

export function shortNumbers(values: ArrayLike<number>): readonly JsonNumber[] {
  return Array.from(values, shortNumber);
}
