import { TERMS, type TermId } from '../../../src-engine/document/glossary/glossary.ts';

interface TextPart {
  readonly text: string;
  /** The word that this part is, or null for what lies between. */
  readonly term: TermId | null;
}

interface Mention {
  readonly term: TermId;
  readonly from: number;
  readonly to: number;
}

/** Cuts a text at the first mention of each word; a mention reaches to the end of its last letter: `clip` takes `clipped` whole. */
export function splitTerms(text: string, terms: readonly TermId[]): readonly TextPart[] {
  const mentions = terms.flatMap((term) => firstMention(text, term) ?? []).toSorted((a, b) => a.from - b.from);
  const parts: TextPart[] = [];
  let at = 0;
  for (const { term, from, to } of mentions) {
    if (from < at) continue;
    if (from > at) parts.push({ text: text.slice(at, from), term: null });
    parts.push({ text: text.slice(from, to), term });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at), term: null });
  return parts;
}

function firstMention(text: string, term: TermId): Mention | null {
  const { name, words = [name.toLowerCase()] } = TERMS[term];
  for (const word of words) {
    const found = new RegExp(`\\b${word}\\p{L}*`, 'iu').exec(text);
    if (found !== null) return { term, from: found.index, to: found.index + found[0].length };
  }
  return null;
}
