import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { makeCo2 } from './make-co2.ts';
import { makeGlove } from './make-glove.ts';
import { makeMobyDick } from './make-moby-dick.ts';
import { makeNames } from './make-names.ts';
import { makePenguins } from './make-penguins.ts';
import { makeSeattle } from './make-seattle.ts';

/** Writes every file of built-in data to `src-engine/data/assets/`, with their hashes. Run: `node src-engine/data/make/make-assets.ts`. */

const folder = new URL('../assets/', import.meta.url);

const glove = makeGlove();
const files: readonly (readonly [string, Uint8Array])[] = [
  ['names.json', json(makeNames())],
  ['moby-dick.txt', Buffer.from(makeMobyDick(), 'utf8')],
  ['co2.json', json(makeCo2())],
  ['seattle.json', json(makeSeattle())],
  ['penguins.json', json(makePenguins())],
  ['glove-words.json', json(glove.words)],
  ['glove-100d.bin', glove.table],
];

mkdirSync(folder, { recursive: true });
for (const [name, bytes] of files) writeFileSync(new URL(name, folder), bytes);
const manifest = Object.fromEntries(files.map(([name, bytes]) => [name, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }]));
writeFileSync(new URL('manifest.json', folder), `${JSON.stringify(manifest, null, 2)}\n`);

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`, 'utf8');
}
