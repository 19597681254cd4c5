import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

/**
 * A part of what is built: what it is made from and what it leaves, as paths below the project's folder.
 * @typedef {{ readonly name: string, readonly inputs: readonly string[], readonly outputs: readonly string[], readonly without?: readonly string[] }} Part
 */

/**
 * A digest of names, sizes and times of change of all files the part is made from; no file is read.
 * @param {Part} part
 * @param {string} [folder]
 */
export function fingerprint(part, folder = root) {
  const hash = createHash('sha1');
  const left = [...part.inputs];
  for (let place = left.pop(); place !== undefined; place = left.pop()) {
    if (part.without?.includes(place)) continue;
    const found = statSync(path.join(folder, place), { throwIfNoEntry: false });
    if (found?.isDirectory()) for (const name of readdirSync(path.join(folder, place)).sort()) left.push(`${place}/${name}`);
    else hash.update(`${place}\n${String(found?.size)} ${String(found?.mtimeMs)}\n`);
  }
  return hash.digest('hex');
}

/**
 * @param {Part} part
 * @param {string} [folder]
 */
export function isFresh(part, folder = root) {
  if (!part.outputs.every((place) => existsSync(path.join(folder, place)))) return false;
  const stamp = stampFile(part, folder);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part, folder);
}

/**
 * @param {Part} part
 * @param {string} print the fingerprint taken before the part was built, so that a change during the build counts as one
 * @param {string} [folder]
 */
export function markFresh(part, print, folder = root) {
  const stamp = stampFile(part, folder);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, print);
}

/**
 * @param {Part} part
 * @param {string} folder
 */
function stampFile(part, folder) {
  return path.join(folder, 'out', 'stamps', part.name);
}
