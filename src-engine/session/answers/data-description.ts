import type { ColumnDescription, FileDescription } from '../../data/import/description.ts';
import type { Loading } from '../../data/import/loading.ts';
import type { FlatOptions } from '../../document/data/import-options.ts';
import type { Project } from '../../document/project.ts';

export type { ColumnDescription, Loading };

export interface DescribeRequest {
  /** As a project names it: `file:PATH`. */
  readonly source: string;
  /** What is already decided (`document/data/import-options.ts`); the rest is looked up in the files. */
  readonly options: FlatOptions;
  /** The user chose these files: they need not have the `size` and `hash` of an earlier import. */
  readonly chosen: boolean;
  /** Absolute path of the folder from which a relative PATH starts, the project's; null where there is none. */
  readonly folder: string | null;
  /** `start`: the first mebibyte, at once; `all`: everything, with `loading` events, as training would read it. */
  readonly depth: 'start' | 'all';
  /** Of the project proposed. */
  readonly name: string;
}

/** What files hold and what would be made of them. */
export interface DataDescription extends FileDescription {
  /** A whole project for this data: graph, data, training; null where there are problems. With `start` its data has no `hash` yet. */
  readonly project: Project | null;
}
