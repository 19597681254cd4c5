import { hasOwnSteps, type DataSignature } from './signature.ts';

/** Stands in the vocabulary of a cloze model for the word that is left out; people write it `___`. */
export const BLANK_TOKEN = '<blank>';

/** A model whose classes are the units it reads. */
export interface Language {
  /** `next` says what comes after each unit; `cloze` what belongs in the blank. */
  readonly kind: 'next' | 'cloze';
  readonly unit: 'character' | 'word';
  readonly vocabulary: readonly string[];
}

/** What a model of this signature writes or completes; null where its classes are something else than the units it reads. */
export function languageOf({ input, output }: DataSignature): Language | null {
  if (input.kind !== 'tokens' || output.kind !== 'classes' || hasOwnSteps(output)) return null;
  const { unit, vocabulary } = input;
  if (vocabulary.length !== output.classes.length || vocabulary.some((token, id) => token !== output.classes[id])) return null;
  return { kind: vocabulary.includes(BLANK_TOKEN) ? 'cloze' : 'next', unit, vocabulary };
}

/** What a text goes on with, or what belongs in its blank; the likeliest first. */
export interface RankedPlace {
  /** The text up to here. */
  readonly before: string;
  /** The text after the blank; null where the model says what comes next. */
  readonly after: string | null;
  readonly candidates: readonly { readonly token: string; readonly probability: number }[];
}

export interface RankedText {
  /** Words that the model does not know, and read as unknown. */
  readonly unknown: readonly string[];
  readonly places: readonly RankedPlace[];
}
