import type { InputSignature } from '../../document/signature.ts';

export const UNKNOWN_TOKEN = '<unk>';
export const UNKNOWN_ID = 0;

/** `token` of a padded place in a batch. */
export const PADDING_ID = -1;

type TokenSignature = Extract<InputSignature, { readonly kind: 'tokens' }>;

export type TextUnit = TokenSignature['unit'];

const WORD_OR_MARK = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
const IRREGULAR_NEGATIONS: readonly (readonly [RegExp, string])[] = [
  [/\bwon['\u2019]t\b/g, 'will not'],
  [/\bshan['\u2019]t\b/g, 'shall not'],
  [/\bcan['\u2019]?t\b/g, 'can not'],
  [/\bcannot\b/g, 'can not'],
  [/([a-z])n['\u2019]t\b/g, '$1 not'],
];

/**
 * Lower-case words, numbers and punctuation marks, each a token. Contracted negations are written out (`isn't` gives `is`, `not`):
 * the pre-trained vectors have no row for them.
 */
export function splitWords(text: string): readonly string[] {
  let plain = text.toLowerCase();
  for (const [contraction, words] of IRREGULAR_NEGATIONS) plain = plain.replace(contraction, words);
  return plain.match(WORD_OR_MARK) ?? [];
}

/** Lower-case characters (code points), without the white space at both ends. */
export function splitCharacters(text: string): readonly string[] {
  return [...text.trim().toLowerCase()];
}

export function splitText(text: string, unit: TextUnit): readonly string[] {
  return unit === 'word' ? splitWords(text) : splitCharacters(text);
}

/** Ids by token; the inverse of a vocabulary. */
export function idsByToken(vocabulary: readonly string[]): ReadonlyMap<string, number> {
  return new Map(vocabulary.map((token, id) => [token, id]));
}

/** Token ids [T]; tokens outside the vocabulary become `UNKNOWN_ID`. */
export function encodeTokens(tokens: readonly string[], ids: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(tokens, (token) => ids.get(token) ?? UNKNOWN_ID);
}
