import type { InputSignature } from '../../document/signature.ts';

/** Normalised numbers, [..,F] row-major, in the unit of the data: what an exported model reads, which normalises by itself. */
export function inDataUnits(values: readonly number[], input: InputSignature): readonly number[] {
  const normalisation = input.kind === 'tokens' ? null : input.normalisation;
  if (normalisation === null) return values;
  const { mean, deviation } = normalisation;
  return values.map((value, place) => value * (deviation[place % deviation.length] ?? 1) + (mean[place % mean.length] ?? 0));
}
