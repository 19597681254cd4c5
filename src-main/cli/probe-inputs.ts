import type { InputSignature } from '../../src-engine/document/signature.ts';

/** How many inputs an export is verified with. */
export const PROBE_EXAMPLES = 16;
const LONGEST = 24;

/**
 * The input file of made-up examples for a model, of different lengths and the same at each call: tokens from all over the
 * vocabulary, features within three deviations of their mean.
 */
export function probeInputs(signature: InputSignature): string {
  const examples = Array.from({ length: PROBE_EXAMPLES }, (_, example) =>
    Array.from({ length: 1 + ((example * 5) % LONGEST) }, (__, step) => example * LONGEST + step),
  );
  if (signature.kind === 'tokens') {
    const { vocabulary, unit } = signature;
    // Id 0 is the unknown token, which has no text of its own.
    const known = Math.max(1, vocabulary.length - 1);
    const texts = examples.map((places) => places.map((place) => vocabulary[1 + ((place * 31) % known)] ?? '').join(unit === 'word' ? ' ' : ''));
    return JSON.stringify({ texts });
  }
  if (signature.kind === 'vector') return JSON.stringify({ vectors: examples.map(([place = 0]) => featuresAt(place, signature)) });
  const sequences = examples.map((places) => places.map((place) => featuresAt(place, signature)));
  return JSON.stringify({ sequences });
}

function featuresAt(place: number, { width, normalisation }: Extract<InputSignature, { kind: 'features' | 'vector' }>): readonly number[] {
  return Array.from({ length: width }, (_, column) => {
    const z = 3 * Math.sin(place * 1.7 + column * 2.3);
    return (normalisation?.mean[column] ?? 0) + z * (normalisation?.deviation[column] ?? 1);
  });
}
