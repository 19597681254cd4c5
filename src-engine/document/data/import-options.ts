import type { ParamValue } from '../project.ts';

/**
 * `data.options` of an imported data set, whose `data.source` is `file:PATH`: flat keys, all optional; what is left out is looked up in the file.
 * PATH starts at the folder of the project's file or is absolute, with forward slashes; it names a file, for `folder` the folder that has one
 * folder for each class, for `files` the folder from which the paths of `class.NAME` start.
 *
 * - `format`: csv (TSV and others by `delimiter`), jsonl (an object on each line, its keys are the columns), text, files (one for each class), folder
 * - `task`: classify, forecast, language
 * - `encoding`: utf-8, utf-16le, utf-16be, windows-1252 (which holds Latin-1)
 * - `delimiter`: one character; `header`: the first row names the columns (without one they are called `column 1` ...)
 * - `column.NAME`: the role of that column; `class.NAME`: the file with the examples of that class, one on each line
 * - `window`: steps a model reads; `horizon`: steps from the last one read to the one forecast; `stride`: steps between the starts of two windows
 * - `missing`: what happens where a number is missing
 * - `unit`: word, character; `vocabulary`: tokens kept, the most frequent; `length`: steps of an example of text, longer ones are cut
 * - `vectors`: path of imported word vectors (GloVe .txt, word2vec .bin), of which the vocabulary's rows are kept
 * - `size` (bytes), `hash` (SHA-256, hexadecimal), `vectorsHash`: of what was imported. Several files have the SHA-256 of the list that `sha256sum` prints of them.
 */
export interface ImportOptions {
  readonly format?: ImportFormat | undefined;
  readonly task?: ImportTask | undefined;
  readonly encoding?: ImportEncoding | undefined;
  readonly delimiter?: string | undefined;
  readonly header?: boolean | undefined;
  readonly window?: number | undefined;
  readonly horizon?: number | undefined;
  readonly stride?: number | undefined;
  readonly missing?: MissingRule | undefined;
  readonly unit?: 'word' | 'character' | undefined;
  readonly vocabulary?: number | undefined;
  readonly length?: number | undefined;
  readonly vectors?: string | undefined;
  readonly size?: number | undefined;
  readonly hash?: string | undefined;
  readonly vectorsHash?: string | undefined;
  /** From `column.NAME`. */
  readonly columns: ReadonlyMap<string, ColumnRole>;
  /** From `class.NAME`, in their order. */
  readonly classes: ReadonlyMap<string, string>;
}

export const IMPORT_FORMATS = ['csv', 'jsonl', 'text', 'files', 'folder'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export const IMPORT_TASKS = ['classify', 'forecast', 'language'] as const;
export type ImportTask = (typeof IMPORT_TASKS)[number];

export const IMPORT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type ImportEncoding = (typeof IMPORT_ENCODINGS)[number];

/** `refuse`: not imported; `drop`: the row is left out; `previous`: the number before it; `interpolate`: on the line between its neighbours. */
export const MISSING_RULES = ['refuse', 'drop', 'previous', 'interpolate'] as const;
export type MissingRule = (typeof MISSING_RULES)[number];

/** `input` and `target` are numbers, `both` is input and target, `date` orders and names the rows, `text` is read, `label` is the class. */
export const COLUMN_ROLES = ['input', 'target', 'both', 'date', 'text', 'label', 'ignore'] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

export const COLUMN_PREFIX = 'column.';
export const CLASS_PREFIX = 'class.';

/** `data.source` of imported data starts with it. */
const FILE_SOURCE = 'file:';

/** The path of an imported data set's source; null where the source is no file. */
export function pathOfSource(source: string): string | null {
  return source.startsWith(FILE_SOURCE) ? source.slice(FILE_SOURCE.length) : null;
}

export function sourceOfPath(path: string): string {
  return `${FILE_SOURCE}${path}`;
}

export type FlatOptions = Readonly<Record<string, ParamValue>>;
