import { at } from '../at.ts';
import { splitWords, UNKNOWN_ID, UNKNOWN_TOKEN, type TextUnit } from './tokenizer.ts';

/** A text as ids of its own vocabulary. */
export interface EncodedText {
  /** `UNKNOWN_TOKEN` first; then characters by code point, or words by falling frequency. */
  readonly vocabulary: readonly string[];
  /** [S], `UNKNOWN_ID` where the vocabulary does not have the unit. */
  readonly ids: Int32Array;
  /** How often each id occurs in the part that the vocabulary was chosen from, [V]. */
  readonly counts: Int32Array;
}

/**
 * The units of a text for a language model: characters (code points, as they are, white space included), or words in lower case and
 * punctuation marks as in `splitWords`.
 */
export function splitUnits(text: string, unit: TextUnit): Iterable<string> {
  return unit === 'character' ? text.replaceAll('\r\n', '\n') : splitWords(text);
}

const FIRST_CAPACITY = 1 << 16;

/** Takes a text piece by piece, so that it never stands in memory whole, and keeps one number a unit. */
export class TextCollector {
  private readonly unit: TextUnit;
  private readonly known = new Map<string, number>();
  private ids = new Int32Array(FIRST_CAPACITY);
  private length = 0;

  constructor(unit: TextUnit) {
    this.unit = unit;
  }

  /** Units so far. */
  get count(): number {
    return this.length;
  }

  /** Different units so far. */
  get kinds(): number {
    return this.known.size;
  }

  /** The next piece. Pieces are to be cut behind a line break: a word, and a `\r\n`, must not be cut in two. */
  add(text: string): void {
    for (const token of splitUnits(text, this.unit)) {
      let id = this.known.get(token);
      if (id === undefined) {
        id = this.known.size;
        this.known.set(token, id);
      }
      if (this.length === this.ids.length) this.grow();
      this.ids[this.length] = id;
      this.length += 1;
    }
  }

  /** The text with the `size - 1` most frequent units of its first `learned` as its vocabulary. The collector is used up. */
  encode(size: number, learned: number): EncodedText {
    const frequency = new Int32Array(this.known.size);
    for (const id of this.ids.subarray(0, learned)) frequency[id] = at(frequency, id) + 1;
    const seen = [...this.known].map(([token, id]) => ({ token, id, count: at(frequency, id) })).filter(({ count }) => count > 0);
    seen.sort((left, right) => right.count - left.count || compare(left.token, right.token));
    const chosen = seen.slice(0, Math.max(0, size - 1));
    if (this.unit === 'character') chosen.sort((left, right) => compare(left.token, right.token));
    const places = new Int32Array(this.known.size).fill(UNKNOWN_ID);
    for (const [place, { id }] of chosen.entries()) places[id] = place + 1;
    const ids = this.ids.subarray(0, this.length);
    for (let index = 0; index < ids.length; index += 1) ids[index] = at(places, at(ids, index));
    const known = chosen.reduce((total, { count }) => total + count, 0);
    return {
      vocabulary: [UNKNOWN_TOKEN, ...chosen.map(({ token }) => token)],
      ids,
      counts: Int32Array.from([learned - known, ...chosen.map(({ count }) => count)]),
    };
  }

  private grow(): void {
    const larger = new Int32Array(2 * this.ids.length);
    larger.set(this.ids);
    this.ids = larger;
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
