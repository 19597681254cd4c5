import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRandom, shuffled } from '../../../src-engine/data/random.ts';
import { findMutants } from './find-mutants.ts';
import { withMutants, type NumberedMutant } from './with-mutants.ts';

export type Drawn = NumberedMutant & { readonly room: string; readonly file: string; readonly line: number; readonly original: string };

const ROOMS: readonly string[] = ['document', 'ir', 'train', 'exchange'];

export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files'], { encoding: 'utf8' });
  return listed.split('\n').filter((file) => file !== '' && existsSync(file));
}

/** All mutants of a room, and `count` of them drawn by the seed. Their numbers are the same whatever else is drawn. */
export function drawMutants(room: string, count: number, seed: number): { readonly all: number; readonly drawn: readonly Drawn[] } {
  const files = trackedFiles().filter((file) => file.startsWith(`src-engine/${room}/`) && file.endsWith('.ts') && !file.endsWith('.d.ts'));
  const all = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return findMutants(text).map((mutant) => ({
      ...mutant,
      room,
      file,
      line: text.slice(0, mutant.start).split('\n').length,
      original: text.slice(mutant.start, mutant.end),
    }));
  });
  const drawn = shuffled(createRandom(seed), all).slice(0, count);
  const first = 1000 * (ROOMS.indexOf(room) + 1);
  return { all: all.length, drawn: drawn.map((mutant, place) => ({ ...mutant, id: first + place })) };
}

/** A copy of the repository with the mutants asleep in it; the folder is the caller's to remove. */
export function copyWithMutants(mutants: readonly Drawn[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'mutation-'));
  for (const file of trackedFiles()) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  if (existsSync('out')) cpSync('out', join(copy, 'out'), { recursive: true, preserveTimestamps: true });
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const here = mutants.filter((mutant) => mutant.file === file);
    writeFileSync(join(copy, file), withMutants(readFileSync(file, 'utf8'), here));
  }
  return copy;
}
