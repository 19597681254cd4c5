import type { EnginePlace } from '../host/engine-thread.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import type { ServeOptions, ServeVoice } from '../web/serve.ts';

/** One of the two outputs of the process. */
export interface Terminal {
  readonly write: (text: string) => void;
  /** A person looks at it: bars may be drawn. */
  readonly isTerminal: boolean;
  readonly columns: number;
}

/** Everything a command needs of the process it runs in; tests pass their own. */
export interface Context {
  readonly output: Terminal;
  readonly errors: Terminal;
  /** All of standard input; throws ProblemError U005 past the limit for files. */
  readonly readInput: () => Promise<Uint8Array>;
  readonly fileSystem: FileSystem;
  /** Relative paths start here. */
  readonly folder: string;
  readonly engine: EnginePlace;
  /** Milliseconds. */
  readonly now: () => number;
  readonly randomId: () => string;
  /** Returns the function that stops listening; then Ctrl-C ends the process as usual. */
  readonly onInterrupt: (listener: () => void) => () => void;
  /** Runs the benchmark with these flags, writing to this process's outputs: its exit code, or null where this is no checkout. */
  readonly benchmark: (flags: readonly string[]) => Promise<number | null>;
  /** Runs the browser host until it is ended. */
  readonly serve: (options: ServeOptions, voice: ServeVoice) => Promise<void>;
}
