import { z } from 'zod';
import { readJsonAsset } from './assets.ts';
import type { AssetReader, WordVectors } from '../dataset.ts';

const SIZE = 100;
const Words = z.array(z.string().min(1));

/** Pre-trained word vectors as stored: one float32 scale per row and int8 values (`make/make-glove.ts`). */
export interface StoredVectors {
  /** Most frequent first. */
  readonly words: readonly string[];
  readonly table: Uint8Array;
}

export async function readGlove(assets: AssetReader): Promise<StoredVectors> {
  const words = await readJsonAsset(assets, 'glove-words.json', Words);
  const table = await assets('glove-100d.bin');
  if (table.length !== words.length * (4 + SIZE)) throw new Error(`glove-100d.bin holds ${table.length} bytes, not those of ${words.length} words`);
  return { words, table };
}

/** Float32 [V,100], rows by vocabulary id; rows of words without a vector, the unknown word among them, are zero. */
export function vectorsFor(vocabulary: readonly string[], stored: StoredVectors): WordVectors {
  const { words, table } = stored;
  const rows = new Map(words.map((word, row) => [word, row]));
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const result = new Float32Array(vocabulary.length * SIZE);
  for (const [id, word] of vocabulary.entries()) {
    const row = rows.get(word);
    if (row === undefined) continue;
    const scale = view.getFloat32(row * 4, true);
    const start = words.length * 4 + row * SIZE;
    for (let column = 0; column < SIZE; column += 1) result[id * SIZE + column] = scale * view.getInt8(start + column);
  }
  return { size: SIZE, table: result };
}
