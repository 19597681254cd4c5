import { isAbsolute, resolve } from 'node:path';

/** The last project that a command line names, as an absolute path. */
export function projectInArguments(argv: readonly string[], workingDirectory: string): string | null {
  const named = argv.slice(1).findLast((argument) => !argument.startsWith('-') && argument.toLowerCase().endsWith('.unroll'));
  if (named === undefined) return null;
  return isAbsolute(named) ? named : resolve(workingDirectory, named);
}

/** The file that the system handed over (a double click, the command line, a recent document) until the window has taken it. */
export class HandedFiles {
  #waiting: string | null = null;
  #tell: () => void = () => undefined;

  /** `tell` hears of each; the window may not be there yet, and then asks when it is. */
  onFile(tell: () => void): void {
    this.#tell = tell;
  }

  hand(path: string): void {
    this.#waiting = path;
    this.#tell();
  }

  take(): string | null {
    const path = this.#waiting;
    this.#waiting = null;
    return path;
  }
}
