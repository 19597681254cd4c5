import type { ColumnRole, ImportOptions } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import { ProblemError, type Problem } from '../../document/problems.ts';
import type { AssetReader, Dataset } from '../dataset.ts';
import type { ColumnStats } from './column-stats.ts';
import { cellNumber, isMissing } from './rows/cells.ts';
import { decide, type Decision } from './decide.ts';
import type { ColumnDescription, FileDescription } from './description.ts';
import { ENCODING_NAMES } from './rows/encoding.ts';
import { flatOptions } from './flat-options.ts';
import type { ImportServices } from './import-services.ts';
import { confirmPaths, loadImport, type Import } from './load-import.ts';

const FILES = 100;
const ROWS = 50;
const SAMPLES = 8;
const POINTS = 500;
/** Letters of a cell that is shown. */
const CELL = 500;

export interface Described {
  readonly description: FileDescription;
  /** What training would read; null where it was not read to the end, or cannot be. */
  readonly dataset: Dataset | null;
}

/** What the files of an imported data set hold. A user's mistake is a problem in it; cancelling throws ProblemError U036. */
export async function describeImport(
  spec: DataSpec,
  depth: 'start' | 'all',
  chosen: boolean,
  assets: AssetReader,
  services: ImportServices,
): Promise<Described> {
  let decision: Decision | null = null;
  try {
    if (!chosen) confirmPaths(spec);
    decision = await decide(spec, services, chosen);
    if (depth === 'start') return { description: fromHead(spec, decision, decision.complaint === null ? [] : [decision.complaint]), dataset: null };
    const read = await loadImport(spec, assets, services, { stats: true, chosen });
    return { description: fromAll(spec, read), dataset: read.dataset };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problems.some(({ code }) => code === 'U036')) throw error;
    return { description: decision === null ? unknown(spec, error.problems) : fromHead(spec, decision, error.problems), dataset: null };
  }
}

const NOTHING = { classes: [], lengths: null, vocabulary: null, series: [], vectors: null, examples: null } as const;

function unknown(spec: DataSpec, problems: readonly Problem[]): FileDescription {
  return { problems, data: spec, files: [], fileCount: 0, bytes: 0, bytesRead: 0, encoding: '', rows: 0, columns: [], firstRows: [], ...NOTHING };
}

function filesOf({ parts }: Decision) {
  const bytes = parts.reduce((sum, { file }) => sum + file.bytes, 0);
  return { files: parts.slice(0, FILES).map(({ name, file }) => ({ name, bytes: file.bytes })), fileCount: parts.length, bytes };
}

function fromHead(spec: DataSpec, decision: Decision, problems: readonly Problem[]): FileDescription {
  const { options, head, table } = decision;
  const rows = table?.head.rows ?? [];
  return {
    ...NOTHING,
    problems,
    data: { ...spec, options: flatOptions(options) },
    ...filesOf(decision),
    bytesRead: head.bytes,
    encoding: ENCODING_NAMES[options.encoding],
    rows: table === null ? head.text.split('\n').length : rows.length,
    columns: table === null ? [] : columnsOf(table.stats, table.roles),
    firstRows: firstRows(decision),
    series: table === null ? [] : headSeries(rows, table.stats, table.roles, options),
  };
}

function fromAll(spec: DataSpec, read: Import): FileDescription {
  const { dataset, options, decision, stats, roles, numbers, vectors } = read;
  const { split, signature } = dataset;
  return {
    problems: [],
    data: { ...spec, options: flatOptions(options) },
    ...filesOf(decision),
    bytesRead: filesOf(decision).bytes,
    encoding: ENCODING_NAMES[options.encoding ?? 'utf-8'],
    rows: read.rows,
    columns: columnsOf(stats, roles),
    firstRows: firstRows(decision),
    classes: read.classes,
    lengths: read.lengths,
    vocabulary: read.vocabulary,
    series: numbers.map(({ name, values }) => ({ column: name, values: thinned(values) })),
    vectors: vectors === null ? null : { found: vectors.found, tokens: vectors.tokens, size: vectors.size },
    examples: {
      train: split.train.length,
      validation: split.validation.length,
      test: split.test.length,
      signature,
      samples: [...split.train.subarray(0, SAMPLES)].map((example) => ({ text: dataset.describe(example).slice(0, CELL), target: classOf(dataset, example) })),
    },
  };
}

function classOf({ targets, signature: { output } }: Dataset, example: number): string {
  if (output.kind !== 'classes' || targets.kind !== 'classes' || targets.perStep) return '';
  return output.classes[targets.values[example] ?? -1] ?? '';
}

function columnsOf(stats: readonly ColumnStats[], roles: readonly ColumnRole[]): readonly ColumnDescription[] {
  return stats.map((column, index) => ({
    name: column.name,
    kind: column.kind,
    role: roles[index] ?? 'ignore',
    missing: column.missing,
    distinct: column.distinct,
    range: column.kind === 'number' ? column.range : null,
    examples: column.examples(),
  }));
}

function firstRows({ head, table }: Decision): FileDescription['firstRows'] {
  const rows =
    table?.head.rows ??
    head.text
      .slice(0, 1 << 16)
      .split(/\r\n|\n|\r/u)
      .map((line) => [line]);
  return rows.slice(0, ROWS).map((row) => row.map((cell) => cell.slice(0, CELL)));
}

function headSeries(
  rows: readonly (readonly string[])[],
  stats: readonly ColumnStats[],
  roles: readonly ColumnRole[],
  { delimiter }: ImportOptions,
): FileDescription['series'] {
  return stats.flatMap(({ name }, column) => {
    const role = roles[column];
    if (role !== 'input' && role !== 'target' && role !== 'both') return [];
    const numbers = Float64Array.from(rows, (row) => (isMissing(row[column] ?? '') ? Number.NaN : cellNumber(row[column] ?? '', delimiter === ';')));
    return [{ column: name, values: thinned(numbers) }];
  });
}

/** At most 500 of them, evenly: a peak between two may be lost. */
function thinned(values: Float64Array): readonly (number | 'NaN')[] {
  const step = Math.max(1, Math.ceil(values.length / POINTS));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, index) => {
    const value = values[index * step] ?? Number.NaN;
    return Number.isNaN(value) ? 'NaN' : value;
  });
}
