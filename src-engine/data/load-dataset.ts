import { pathOfSource } from '../document/data/import-options.ts';
import { problem, ProblemError } from '../document/problems.ts';
import type { DataSpec } from '../document/project.ts';
import type { AssetReader, Dataset } from './dataset.ts';
import { loadAdding } from './built-in/adding.ts';
import { loadAddition } from './built-in/addition.ts';
import { loadCloze } from './built-in/cloze.ts';
import { loadCo2 } from './built-in/co2.ts';
import { loadCopy } from './built-in/copy.ts';
import { loadDates } from './built-in/dates.ts';
import type { ImportServices } from './import/import-services.ts';
import { loadImport } from './import/load-import.ts';
import { loadMobyDick } from './built-in/moby-dick.ts';
import { loadNameLetters } from './built-in/name-letters.ts';
import { loadNames } from './built-in/names.ts';
import { loadParity } from './built-in/parity.ts';
import { loadPenguins } from './built-in/penguins.ts';
import { loadRecall } from './built-in/recall.ts';
import { loadReviews } from './built-in/reviews.ts';
import { loadSeattle } from './built-in/seattle.ts';
import { loadSine } from './built-in/sine.ts';

type Loader = (spec: DataSpec, assets: AssetReader) => Promise<Dataset>;

const BUILT_IN: ReadonlyMap<string, Loader> = new Map([
  ['builtin:names', loadNames],
  ['builtin:reviews', loadReviews],
  ['builtin:co2', loadCo2],
  ['builtin:seattle', loadSeattle],
  ['builtin:penguins', loadPenguins],
  ['builtin:sine', loadSine],
  ['builtin:adding', loadAdding],
  ['builtin:recall', loadRecall],
  ['builtin:moby-dick', loadMobyDick],
  ['builtin:cloze', loadCloze],
  ['builtin:parity', loadParity],
  ['builtin:copy', loadCopy],
  ['builtin:addition', loadAddition],
  ['builtin:dates', loadDates],
  ['builtin:name-letters', loadNameLetters],
]);

/**
 * The data set that a project names; `imports` reads the files of an imported one. Throws ProblemError: U030 unknown source, U004 bad options or split,
 * U032 too small, and for files U031 and U033 to U036.
 */
export async function loadDataset(spec: DataSpec, assets: AssetReader, imports: ImportServices | null = null): Promise<Dataset> {
  if (pathOfSource(spec.source) !== null && imports !== null) return (await loadImport(spec, assets, imports, { stats: false, chosen: false })).dataset;
  const load = BUILT_IN.get(spec.source);
  if (load === undefined) {
    throw new ProblemError([
      problem('U030', `There is no data set "${spec.source}".`, `Choose one of ${[...BUILT_IN.keys()].join(', ')}.`, { path: 'data.source' }),
    ]);
  }
  return load(spec, assets);
}
