import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findMutants } from './find-mutants.ts';
import { withMutants, type NumberedMutant } from './with-mutants.ts';

export type Drawn = NumberedMutant & { readonly room: string; readonly file: string; readonly line: number; readonly original: string };

const ROOMS: readonly string[] = ['document', 'ir', 'train', 'exchange'];

export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files'], { encoding: 'utf8' });
  return listed.split('\n').filter((file) => file !== '' && existsSync(file));
}

/** All mutants of a room. */
export function roomMutants(room: string): readonly Omit<Drawn, 'id'>[] {
  const files = trackedFiles().filter((file) => file.startsWith(`src-engine/${room}/`) && file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return findMutants(text).map((mutant) => ({
      ...mutant,
      room,
      file,
      line: text.slice(0, mutant.start).split('\n').length,
      original: text.slice(mutant.start, mutant.end),
    }));
  });
}

/** `count` of a room's mutants, drawn by the seed and by what each of them is: a change elsewhere in the room draws no others. */
export function drawMutants(all: readonly Omit<Drawn, 'id'>[], count: number, seed: number): readonly Drawn[] {
  const seen = new Map<string, number>();
  const ranked = all.map((mutant) => {
    const key = [mutant.file, mutant.operator, mutant.original, mutant.replacement, mutant.guard ?? ''].join('\n');
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return {
      mutant,
      rank: createHash('sha256')
        .update(`${String(seed)}\n${String(before)}\n${key}`)
        .digest('hex'),
    };
  });
  const drawn = ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count);
  return drawn.map(({ mutant }, place) => ({ ...mutant, id: 10_000 * (ROOMS.indexOf(mutant.room) + 1) + place }));
}

/** A copy of the repository with the mutants asleep in it; the folder is the caller's to remove. */
export function copyWithMutants(mutants: readonly Drawn[]): string {
  // Kernels are compiled from opcodes.ts too: they are those of the original, or no test that runs them would tell a mutant there from another.
  const kernels = (step: 'keep' | 'put', cwd: string): void => {
    execFileSync(process.execPath, [join(cwd, 'test/bench/mutation/original-kernels.ts'), step], { cwd, stdio: 'inherit' });
  };
  kernels('keep', process.cwd());
  const copy = mkdtempSync(join(tmpdir(), 'mutation-'));
  for (const file of trackedFiles()) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(file, join(copy, file));
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  for (const folder of ['engine', 'stamps', 'test']) cpSync(join('out', folder), join(copy, 'out', folder), { recursive: true });
  for (const file of new Set(mutants.map((mutant) => mutant.file))) {
    const here = mutants.filter((mutant) => mutant.file === file);
    writeFileSync(join(copy, file), withMutants(readFileSync(file, 'utf8'), here));
  }
  kernels('put', copy);
  return copy;
}
