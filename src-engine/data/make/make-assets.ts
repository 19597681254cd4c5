import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { makeNames } from './make-names.ts';

/** Writes every file of built-in data to `src-engine/data/assets/`, with their hashes. Run: `node src-engine/data/make/make-assets.ts`. */

const folder = new URL('../assets/', import.meta.url);

const files: readonly (readonly [string, Uint8Array])[] = [['names.json', asciiJson(makeNames())]];

mkdirSync(folder, { recursive: true });
for (const [name, bytes] of files) writeFileSync(new URL(name, folder), bytes);
const manifest = Object.fromEntries(files.map(([name, bytes]) => [name, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }]));
writeFileSync(new URL('manifest.json', folder), `${JSON.stringify(manifest, null, 2)}\n`);

function asciiJson(value: unknown): Uint8Array {
  const text = JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return Buffer.from(`${text}\n`, 'ascii');
}
