import { pathOfSource, type ColumnRole, type ImportEncoding, type ImportOptions } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { AssetReader } from '../dataset.ts';
import { readGlove, vectorsFor } from '../built-in/glove.ts';
import { ColumnStats } from './column-stats.ts';
import { decide, type Decision } from './decide.ts';
import { detectEncoding } from './rows/encoding.ts';
import { forecastDataset, usualStride, usualWindow } from './forecast-series.ts';
import { refuse, shown } from './import-problems.ts';
import { ImportReader } from './import-reader.ts';
import type { ImportServices } from './import-services.ts';
import { labelledNumbers } from './labelled-numbers.ts';
import { parseImportOptions } from './parse-import-options.ts';
import { countsOf, type FoundVectors, type Made, type ReadTask } from './read-task.ts';
import { readLanguage, readLabelledNumbers, readLabelledTexts, readSeries } from './read-parts.ts';
import { Utf8Check } from './rows/utf8.ts';
import { readWordVectors } from './word-vectors.ts';

/** A data set made of files, and what was found on the way. */
export interface Import extends Made {
  readonly decision: Decision;
  readonly rows: number;
  readonly bytes: number;
  /** Of every cell read; empty for what is no table. */
  readonly stats: readonly ColumnStats[];
  readonly roles: readonly ColumnRole[];
}

/** `stats`: every cell of a table is looked at. `chosen`: the user named these files, in this run. */
export interface ImportWish {
  readonly stats: boolean;
  readonly chosen: boolean;
}

/**
 * Reads the files that a project names, in pieces. Throws ProblemError: U004, U031 to U036 as
 * their titles say; U034 where size or hash are not those that the options remember.
 */
export async function loadImport(spec: DataSpec, assets: AssetReader, services: ImportServices, { stats: withStats, chosen }: ImportWish): Promise<Import> {
  if (!chosen) confirmPaths(spec);
  const decision = await decide(spec, services, chosen);
  const { parts, options: given, complaint } = decision;
  const size = parts.reduce((sum, { file }) => sum + file.bytes, 0);
  if (given.size !== undefined && given.size !== size) refuse(changed(spec.source, `it has ${size} bytes, and had ${given.size}`));
  if (complaint !== null) refuse(complaint);
  const reader = new ImportReader(services, 'data');
  reader.expect(parts.map(({ file }) => file));
  const encoding = await settleEncoding(decision, reader);
  const options = { ...given, encoding };
  const stats = withStats ? (decision.table?.stats ?? []).map(({ name }) => new ColumnStats(name, options.delimiter === ';')) : [];
  const task = { spec, options, decision, reader, stats, vectors: (vocabulary: readonly string[]) => vectorsOf(vocabulary, options, assets, reader) };
  const made = await read(task);
  const hash = reader.hash();
  if (given.hash !== undefined && given.hash !== hash) refuse(changed(spec.source, 'its content is another'));
  reader.finish();
  return {
    ...made,
    options: { ...made.options, size, hash, ...(made.vectors === null ? {} : { vectorsHash: made.vectors.hash }) },
    decision,
    rows: reader.rows,
    bytes: reader.bytes,
    stats,
    roles: decision.table?.roles ?? [],
  };
}

async function read(task: ReadTask): Promise<Made> {
  const { options, decision, spec, reader } = task;
  const title = titleOf(decision);
  if (options.task === 'language') return readLanguage(task, title);
  if (options.task === 'forecast') {
    const table = await readSeries(task);
    const rows = table.columns[0]?.values.length ?? 0;
    const dataset = forecastDataset(spec, options, title, table, reader.budget);
    const { window = usualWindow(rows), horizon = 1, stride = usualStride(rows) } = options;
    const lengths = { unit: 'row' as const, shortest: window, median: window, longest: window };
    return { dataset, classes: [], lengths, vocabulary: null, numbers: table.columns, vectors: null, options: { ...options, window, horizon, stride } };
  }
  if (decision.table !== null && !decision.table.roles.includes('text')) {
    const { columns, labels, names } = await readLabelledNumbers(task);
    const dataset = labelledNumbers(spec, title, columns, labels, names, reader.budget);
    return { dataset, classes: countsOf(dataset), lengths: null, vocabulary: null, numbers: columns, vectors: null, options };
  }
  return readLabelledTexts(task, title);
}

function titleOf({ parts, options: { classes } }: Decision): string {
  const first = parts[0]?.file.name ?? '';
  if (classes.size > 0)
    return parts
      .map(({ file }) => file.name)
      .slice(0, 3)
      .join(', ');
  const folders = new Set(parts.map(({ label }) => label));
  return parts.length === 1 ? first : `${parts.length} texts in ${[...folders].slice(0, 3).join(', ')}`;
}

/**
 * A project may come from anybody: outside its own folder it may name only what it knows the content of. Throws ProblemError U034 where it does not.
 */
export function confirmPaths(spec: DataSpec): void {
  const { hash, vectors, vectorsHash, classes } = parseImportOptions(spec);
  const paths = [...(hash === undefined ? [pathOfSource(spec.source) ?? '', ...classes.values()] : []), ...(vectorsHash === undefined ? [vectors ?? ''] : [])];
  const outside = paths.find((path) => path.startsWith('/') || path.startsWith('\\\\') || /^[a-z]:/iu.test(path) || path.split(/[\\/]/u).includes('..'));
  if (outside === undefined) return;
  const message = `The project names data outside its own folder, "${shown(outside)}", without the hash of what was imported.`;
  refuse(problem('U034', message, 'Locate the data, which confirms that it is the one you mean.', { path: 'data.source' }));
}

function changed(source: string, how: string) {
  const fix = 'Locate it again to use what it holds now, or put back the file that was imported.';
  return problem('U034', `The data "${shown(source)}" has changed since it was imported: ${how}.`, fix, { path: 'data.source' });
}

/** Where the beginning leaves it open, the whole of the files decides: UTF-8 throughout, or Latin-1. */
async function settleEncoding({ options, parts, sureEncoding, head }: Decision, reader: ImportReader): Promise<ImportEncoding> {
  if (sureEncoding || options.encoding !== 'utf-8' || (head.whole && parts.length === 1)) return options.encoding;
  reader.expect(parts.map(({ file }) => file));
  for (const { file } of parts) {
    const check = new Utf8Check();
    let first = true;
    for await (const piece of reader.pieces(file, null)) {
      if (check.add(piece) >= 0) {
        const { encoding, sure } = first ? detectEncoding(piece) : { encoding: 'windows-1252' as const, sure: true };
        return sure ? encoding : 'windows-1252';
      }
      first = false;
    }
  }
  return 'utf-8';
}

/** It is the vectors that are not there, not the data. */
function blameVectors(error: unknown): never {
  if (!(error instanceof ProblemError)) throw error;
  throw new ProblemError(error.problems.map((each) => ({ ...each, path: 'data.options.vectors' })));
}

/** The built-in vectors for words, and those of the file that the options name as `imported`. */
async function vectorsOf(vocabulary: readonly string[], options: ImportOptions, assets: AssetReader, reader: ImportReader): Promise<FoundVectors> {
  const builtIn = { 'glove-100d': vectorsFor(vocabulary, await readGlove(assets)) };
  if (options.vectors === undefined) return { vectors: builtIn, found: null };
  const file = await reader.services.file(options.vectors).catch(blameVectors);
  const own = new ImportReader(reader.services, 'vectors', reader.budget);
  own.expect([file]);
  const { found, size, table } = await readWordVectors(own, file, vocabulary);
  const hash = own.hash();
  if (options.vectorsHash !== undefined && options.vectorsHash !== hash) refuse(changed(options.vectors, 'its content is another'));
  own.finish();
  return { vectors: { ...builtIn, imported: { size, table } }, found: { found, tokens: vocabulary.length - 1, size, hash } };
}
