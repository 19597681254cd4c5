import type { ColumnRole, ImportEncoding, ImportFormat, ImportOptions, ImportTask, MissingRule } from '../../document/data/import-options.ts';
import { pathOfSource } from '../../document/data/import-options.ts';
import type { DataSpec } from '../../document/project.ts';
import { problem, type Problem } from '../../document/problems.ts';
import { ColumnStats, guessRoles } from './column-stats.ts';
import { fittingOptions, refuseIdle } from './fitting-options.ts';
import { guessDelimiter, guessFormat } from './rows/guess-format.ts';
import { readHead, type Head } from './rows/head.ts';
import { headTable, type HeadTable } from './rows/head-table.ts';
import type { ImportPart, ImportServices } from './import-services.ts';
import { oneClass, refuse, shown, unreadable } from './import-problems.ts';
import { parseImportOptions } from './parse-import-options.ts';
import type { TableLayout } from './rows/table-rows.ts';

/** An import with nothing left open: what its options say, the rest looked up in the first mebibyte. */
export interface Decision {
  readonly options: ImportOptions & { readonly format: ImportFormat; readonly task: ImportTask; readonly encoding: ImportEncoding };
  /** The encoding is the options' own, or no later byte can say otherwise. */
  readonly sureEncoding: boolean;
  readonly parts: readonly ImportPart[];
  readonly head: Head;
  /** Why the columns, or the format, do not make examples of the task; null where they do. */
  readonly complaint: Problem | null;
  /** Null for what is no table. */
  readonly table: {
    readonly layout: TableLayout;
    readonly roles: readonly ColumnRole[];
    readonly stats: readonly ColumnStats[];
    readonly head: HeadTable;
  } | null;
}

/** Throws ProblemError: U004 wrong options, U031 what cannot be read, U033 what is not there. What is merely unfit is the decision's complaint. `chosen`: see `ImportWish`. */
export async function decide(spec: DataSpec, services: ImportServices, chosen: boolean): Promise<Decision> {
  const given = parseImportOptions(spec);
  const forecasts = given.window !== undefined || given.horizon !== undefined || given.stride !== undefined;
  const decision = await lookUp(spec, given.task === undefined && forecasts ? { ...given, task: 'forecast' } : given, services);
  const readsText = decision.table === null || decision.table.roles.includes('text');
  if (!chosen) refuseIdle(decision.options, readsText);
  return { ...decision, options: fittingOptions(decision.options, readsText) };
}

async function lookUp(spec: DataSpec, given: ImportOptions, services: ImportServices): Promise<Decision> {
  const parts = await findParts(spec, given, services);
  const first = parts[0]?.file;
  if (first === undefined) throw new Error('an import without files');
  const head = await readHead(first, given.encoding ?? null);
  const format = given.format ?? (given.classes.size > 0 ? 'files' : guessFormat(head));
  const sureEncoding = given.encoding !== undefined || (head.sure && parts.length === 1);
  const base = { ...given, format, encoding: head.encoding };
  if (format === 'csv' || format === 'jsonl') {
    const table = decideTable(head, base);
    const task = given.task ?? taskOf(table.roles);
    const complaint = checkRoles(first.name, task, table.roles, table.layout.columns);
    const layout = format === 'csv' ? { delimiter: table.layout.delimiter, header: table.layout.header } : {};
    const missing = given.missing ?? guessMissing(task, table);
    const columns = new Map(table.layout.columns.map((name, index) => [name, table.roles[index] ?? 'ignore']));
    return { options: { ...base, ...layout, task, missing, columns }, sureEncoding, parts, head, table, complaint };
  }
  const task = given.task ?? (format === 'text' ? 'language' : 'classify');
  const complaint = task === (format === 'text' ? 'language' : 'classify') ? null : unfit(first.name, format, task);
  return { options: { ...base, task }, sureEncoding, parts, head, table: null, complaint };
}

function unfit(name: string, format: ImportFormat, task: ImportTask) {
  const fix = format === 'text' ? 'Set the task to language; or import a table, or one file for each class.' : 'Set the task to classify.';
  return unreadable({ file: name }, `${format === 'text' ? 'plain text' : 'one file for each class'} does not serve the task ${task}.`, fix);
}

async function findParts(spec: DataSpec, given: ImportOptions, services: ImportServices): Promise<readonly ImportPart[]> {
  const path = pathOfSource(spec.source) ?? '';
  if (given.format === 'folder') return folderParts(path, services);
  if (given.classes.size === 0) {
    if (given.format === 'files') {
      refuse(problem('U004', 'The format files needs a file for each class.', 'Name them in options class.NAME.', { path: 'data.options.format' }));
    }
    const file = await services.file(path);
    return [{ file, label: null, name: file.name }];
  }
  if (given.format !== undefined && given.format !== 'files') {
    refuse(problem('U004', `Options class.NAME do not go with the format ${given.format}.`, 'Set the format to files.', { path: 'data.options.format' }));
  }
  if (given.classes.size === 1) refuse(oneClass([...given.classes.keys()][0] ?? '', null));
  const parts: ImportPart[] = [];
  for (const [label, place] of given.classes) parts.push({ file: await services.file(joined(path, place)), label, name: label });
  return parts;
}

async function folderParts(path: string, services: ImportServices): Promise<readonly ImportPart[]> {
  const folders = await services.folders(path);
  const parts = [...folders].flatMap(([label, files]) => files.map((file) => ({ file, label, name: `${label}/${file.name}` })));
  const filled = [...folders].filter(([, files]) => files.length > 0);
  if (filled.length === 1) refuse(oneClass(filled[0]?.[0] ?? '', parts.length));
  if (parts.length === 0) {
    const fix = 'Choose a folder that has one folder for each class, with one text file for each example.';
    refuse(unreadable({ file: path.split('/').at(-1) ?? path }, 'the folder has no folders with files in them.', fix));
  }
  return parts;
}

function joined(folder: string, path: string): string {
  const absolute = path.startsWith('/') || /^[a-z]:\//iu.test(path);
  return absolute || folder === '' || folder === '.' ? path : `${folder.replace(/\/$/u, '')}/${path}`;
}

type Table = NonNullable<Decision['table']>;

function decideTable(head: Head, given: ImportOptions & { readonly format: ImportFormat; readonly encoding: ImportEncoding }): Table {
  const { encoding } = given;
  const format = given.format === 'jsonl' ? 'jsonl' : 'csv';
  const delimiter = given.delimiter ?? guessDelimiter(head);
  const table = headTable(head, format, delimiter, given.header ?? null);
  const { header, columns } = table;
  const unknown = [...given.columns].find(([name, role]) => role !== 'ignore' && !columns.includes(name));
  if (unknown !== undefined) {
    const known = columns
      .slice(0, 20)
      .map((name) => `"${shown(name)}"`)
      .join(', ');
    refuse(unreadable({ file: head.file.name }, `it has no column "${shown(unknown[0])}".`, `Its columns are ${known}.`));
  }
  const stats = columns.map((name) => new ColumnStats(name, delimiter === ';'));
  for (const row of table.rows) for (const [index, column] of stats.entries()) column.add(row[index] ?? '');
  const roles = guessRoles(stats, given.columns, given.task ?? null);
  return { layout: { format, encoding, delimiter, header, columns }, roles, stats, head: table };
}

/** Rows without a class, a text or a number teach nothing; a series must go on. Where nothing is missing at the beginning, nothing may be missing later. */
function guessMissing(task: ImportTask, { roles, stats }: Table): MissingRule {
  if (task !== 'forecast') return 'drop';
  const gaps = stats.some((column, index) => column.missing > 0 && NUMBER_ROLES.has(roles[index] ?? 'ignore'));
  return gaps ? 'previous' : 'refuse';
}

const NUMBER_ROLES: ReadonlySet<ColumnRole> = new Set(['input', 'target', 'both']);

function taskOf(roles: readonly ColumnRole[]): ImportTask {
  if (roles.includes('label')) return 'classify';
  return roles.includes('target') || roles.includes('both') || !roles.includes('text') ? 'forecast' : 'language';
}

/** U031 where the columns do not make an example of the task. */
function checkRoles(file: string, task: ImportTask, roles: readonly ColumnRole[], columns: readonly string[]): Problem | null {
  const count = (...wanted: readonly ColumnRole[]): number => roles.filter((role) => wanted.includes(role)).length;
  const known = `Its columns are ${columns
    .slice(0, 20)
    .map((name) => `"${shown(name)}"`)
    .join(', ')}.`;
  const need = (what: string, fix: string): Problem => unreadable({ file }, `${what} ${known}`, fix);
  if (count('text') > 1 || count('label') > 1 || count('date') > 1) {
    return need('more than one column has the role text, label or date.', 'Leave one of each, and set the others to ignore.');
  }
  if (task === 'classify') {
    if (count('label') === 0) return need('no column is the label.', 'Give the role label to the column with the classes.');
    if (count('text', 'input') === 0) return need('nothing is read.', 'Give the role text to one column, or the role input to columns of numbers.');
    if (count('target', 'both') > 0)
      return need('a column of numbers is a target beside the label.', 'Set it to input or ignore, or set the task to forecast.');
    return count('text') > 0 && count('input') > 0 ? need('text and numbers cannot be read together.', 'Set either the text or the numbers to ignore.') : null;
  }
  if (task === 'language') return count('text') === 0 ? need('no column is the text.', 'Give the role text to one column.') : null;
  if (count('target', 'both') === 0) return need('no column is to be forecast.', 'Give the role both (read and forecast) or target to a column of numbers.');
  return count('input', 'both') === 0 ? need('nothing is read.', 'Give the role input or both to a column of numbers.') : null;
}
