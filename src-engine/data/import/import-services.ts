import type { Loading } from './loading.ts';

/** One file to be imported. */
export interface ImportFile {
  /** Without its path, as problems name it. */
  readonly name: string;
  readonly bytes: number;
  /** Its bytes in pieces of at most `PIECE`, each good until the next; in between, other work of the thread gets its turn. Throws ProblemError U051. */
  readonly pieces: () => AsyncIterable<Uint8Array>;
}

/** What importing needs of the world outside the engine's core. */
export interface ImportServices {
  /** Throws ProblemError U033 where there is no such file, U031 where it is a folder or no plain file. */
  readonly file: (path: string) => Promise<ImportFile>;
  /** Plain files of the folders in a folder, by folder, both in the order of their names. Throws ProblemError U033, U031. */
  readonly folders: (path: string) => Promise<ReadonlyMap<string, readonly ImportFile[]>>;
  /** SHA-256. */
  readonly digest: () => Digest;
  readonly tell: (loading: Loading) => void;
  /** True from the moment on in which the user wants no more of it. */
  readonly cancelled: () => boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** Bytes that the data may take. */
  readonly memory: number;
}

export interface Digest {
  readonly add: (bytes: Uint8Array) => void;
  /** Hexadecimal. */
  readonly finish: () => string;
}

/** Bytes that are read at once. */
export const PIECE = 256 * 1024;

/** A file of an import; `label` is the class of its texts where the file or its folder says it. */
export interface ImportPart {
  readonly file: ImportFile;
  readonly label: string | null;
  /** As it stands in the list that is hashed. */
  readonly name: string;
}
