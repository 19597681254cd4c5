import type { ColumnRole } from '../../document/data/import-options.ts';
import type { Problem } from '../../document/problems.ts';
import type { DataSpec } from '../../document/project.ts';
import type { DataSignature } from '../../document/signature.ts';

/** What files hold and what would be made of them. */
export interface FileDescription {
  /** Why it cannot be imported like this, each with file, row and column. With `start`, an empty list promises nothing about the rest of the file. */
  readonly problems: readonly Problem[];
  /** For the project: the given options and those looked up, and with `all` also `size` and `hash`. */
  readonly data: DataSpec;
  /** The first hundred, in their order. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly fileCount: number;
  readonly bytes: number;
  /** Of these, so many were read. */
  readonly bytesRead: number;
  /** As a person calls it, e.g. `UTF-8`, `Latin-1 (Windows-1252)`. */
  readonly encoding: string;
  /** Rows, lines or texts read. */
  readonly rows: number;
  /** Of tables; empty for text. */
  readonly columns: readonly ColumnDescription[];
  /** The first rows of a table as text, cells in the order of `columns`; of text the first lines, one cell each. */
  readonly firstRows: readonly (readonly string[])[];
  /** Of labelled data, in the order of the model's outputs. */
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  /** Steps of an example. */
  readonly lengths: { readonly unit: 'word' | 'character' | 'row'; readonly shortest: number; readonly median: number; readonly longest: number } | null;
  /** `kept` without the unknown token; `coverage`: the share of the text that the kept tokens make up. */
  readonly vocabulary: { readonly distinct: number; readonly kept: number; readonly coverage: number } | null;
  /** Number columns in the order of the rows, thinned to at most 500 points, for a plot. */
  readonly series: readonly { readonly column: string; readonly values: readonly (number | 'NaN')[] }[];
  /** Imported vectors: rows found for the kept tokens, and numbers of each. */
  readonly vectors: { readonly found: number; readonly tokens: number; readonly size: number } | null;
  /** With `all` and without problems: what training reads. */
  readonly examples: {
    readonly train: number;
    readonly validation: number;
    readonly test: number;
    readonly signature: DataSignature;
    readonly samples: readonly { readonly text: string; readonly target: string }[];
  } | null;
}

export interface ColumnDescription {
  readonly name: string;
  /** What the cells read so far hold. `category`: texts of which few differ. */
  readonly kind: 'number' | 'date' | 'category' | 'text' | 'empty';
  /** As decided or looked up. */
  readonly role: ColumnRole;
  /** Cells without a value. */
  readonly missing: number;
  /** Different values; null where there are more than a thousand. */
  readonly distinct: number | null;
  /** Of number columns. */
  readonly range: { readonly min: number; readonly max: number; readonly mean: number } | null;
  readonly examples: readonly string[];
}
