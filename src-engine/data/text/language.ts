import { BLANK_TOKEN, languageOf, type Language } from '../../document/language.ts';
import type { DataSignature } from '../../document/signature.ts';
import { encodeTokens, idsByToken, splitText, UNKNOWN_ID } from './tokenizer.ts';
import { splitUnits } from './language-text.ts';

const WRITTEN_BLANK = /_{2,}/u;

export interface ReadText {
  readonly tokens: readonly string[];
  /** [T], `UNKNOWN_ID` where the vocabulary does not have the token. */
  readonly ids: Int32Array;
  /** The tokens it does not have, each once. */
  readonly unknown: readonly string[];
}

/** A text as a language model reads it. A model of the next unit reads up to a blank `___`; of a cloze model blanks are tokens. */
export function readText(text: string, { kind, unit, vocabulary }: Language): ReadText {
  const tokens = kind === 'cloze' ? splitCloze(text) : [...splitUnits(text.split(WRITTEN_BLANK, 1)[0] ?? '', unit)];
  const ids = encodeTokens(tokens, idsByToken(vocabulary));
  return { tokens, ids, unknown: [...new Set(tokens.filter((_, place) => ids[place] === UNKNOWN_ID))] };
}

/** Words and marks, a blank token for each `___`. */
function splitCloze(text: string): readonly string[] {
  return text
    .replaceAll(BLANK_TOKEN, '__')
    .split(WRITTEN_BLANK)
    .flatMap((piece, index) => [...(index === 0 ? [] : [BLANK_TOKEN]), ...splitText(piece, 'word')]);
}

/** The tokens of a typed text for a model of this signature. */
export function textTokens(text: string, signature: DataSignature): readonly string[] {
  const language = languageOf(signature);
  if (language !== null) return readText(text, language).tokens;
  return signature.input.kind === 'tokens' ? splitText(text, signature.input.unit) : [];
}
