/** How far the reading of imported data is. `part`: what is being read, `vectors` the imported word vectors. */
export interface Loading {
  readonly part: 'data' | 'vectors';
  readonly bytes: number;
  readonly totalBytes: number;
  /** Rows, lines or texts; vectors found. */
  readonly rows: number;
  readonly done: boolean;
}
