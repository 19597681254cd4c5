import type { TextUnit } from './tokenizer.ts';

/** Marks that stand close to the word before them, and to the word after them. */
const CLOSES = /^[,.;:!?)\]}%\u2019\u201d\u2026]$/u;
const OPENS = /^[([{\u2018\u201c]$/u;
/** Marks that join two words. */
const JOINS = /^[-\u2010\u2011\u2013\u2014/'_]$/u;
const STRAIGHT_QUOTE = '"';

/** Adds token after token to a text as it is printed. */
export class TokenJoiner {
  private readonly unit: TextUnit;
  private close = true;
  private quoted = false;

  constructor(unit: TextUnit) {
    this.unit = unit;
  }

  /** What the next token adds to the text: itself, with a space before it where one belongs. */
  next(token: string): string {
    if (this.unit === 'character') return token;
    const quote = token === STRAIGHT_QUOTE;
    const closing = CLOSES.test(token) || JOINS.test(token) || (quote && this.quoted);
    const space = this.close || closing ? '' : ' ';
    this.close = OPENS.test(token) || JOINS.test(token) || (quote && !this.quoted);
    if (quote) this.quoted = !this.quoted;
    return space + token;
  }
}

/** Tokens as a person writes them: characters as they are; words with a space between them, punctuation where it belongs. */
export function joinTokens(tokens: readonly string[], unit: TextUnit): string {
  const joiner = new TokenJoiner(unit);
  return tokens.map((token) => joiner.next(token)).join('');
}
