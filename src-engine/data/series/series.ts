/** A series by columns, and what is known of how it goes on. */

/** One number for each of S rows in time order, in the unit of the data; NaN where there is none. */
export interface SeriesColumn {
  readonly name: string;
  readonly values: Float64Array;
  /** Left out where only time will tell. */
  readonly ahead?: KnownAhead | undefined;
}

/** A column that is known before its time, as the calendar is: for so many rows after the last one measured, also beyond the end of the data. */
export interface KnownAhead {
  readonly rows: number;
  readonly value: (row: number) => number;
}

/** What a forecast that is fed back needs to know of the series behind the examples. */
export interface SeriesOutlook {
  /** The last row that each example reads, [N]. */
  readonly ends: Int32Array;
  /** What is read at each row, in the order of the model's inputs. */
  readonly inputs: readonly SeriesColumn[];
  /** What is to be answered at each row: row t holds the truth of row t + 1. */
  readonly targets: readonly SeriesColumn[];
  /** What the answers change, where they are changes: each forecast is then told as this level. */
  readonly level: SeriesColumn | null;
}
