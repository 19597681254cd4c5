import { problem, ProblemError } from '../../document/problems.ts';
import type { ImportFile, ImportServices } from './import-services.ts';
import type { Loading } from './loading.ts';
import { MemoryBudget } from './memory-budget.ts';

/** Milliseconds between two reports. */
const TELL_EVERY = 100;

/** One reading of imported files: counts, reports, hashes, and ends where the user cancels. */
export class ImportReader {
  readonly services: ImportServices;
  readonly budget: MemoryBudget;
  /** Rows, lines or texts so far; set by whoever finds them. */
  rows = 0;
  readonly #part: Loading['part'];
  readonly #hashes: { readonly name: string; readonly hash: string }[] = [];
  #bytes = 0;
  #total = 0;
  #nextTell = 0;

  constructor(services: ImportServices, part: Loading['part'], budget = new MemoryBudget(services.memory)) {
    this.services = services;
    this.budget = budget;
    this.#part = part;
  }

  /** Bytes that will be read in all; told beforehand, for the reports. */
  expect(files: readonly ImportFile[]): void {
    this.#total += files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The bytes of a file, hashed under `name`; null: not hashed. Throws ProblemError U036 where it is cancelled. */
  async *pieces(file: ImportFile, name: string | null = file.name): AsyncGenerator<Uint8Array> {
    const digest = name === null ? null : this.services.digest();
    this.check();
    for await (const piece of file.pieces()) {
      digest?.add(piece);
      this.#bytes += piece.length;
      this.budget.share = this.#total === 0 ? 0 : this.#bytes / this.#total;
      yield piece;
      this.check();
    }
    if (name !== null && digest !== null) this.#hashes.push({ name, hash: digest.finish() });
  }

  /** Reports when it is time to, and throws ProblemError U036 where the user has cancelled. */
  check(): void {
    if (this.services.cancelled()) {
      throw new ProblemError([problem('U036', 'The reading of the data was cancelled.', 'Import it again to read all of it.', { path: 'data.source' })]);
    }
    const now = this.services.now();
    if (now < this.#nextTell) return;
    this.#nextTell = now + TELL_EVERY;
    this.#tell(false);
  }

  finish(): void {
    this.#tell(true);
  }

  /** Of everything read: a file's own SHA-256; of several files that of the list `HASH  NAME` that `sha256sum` prints. */
  hash(): string {
    const [first, ...others] = this.#hashes;
    if (first !== undefined && others.length === 0) return first.hash;
    const list = this.services.digest();
    list.add(new TextEncoder().encode(this.#hashes.map(({ name, hash }) => `${hash}  ${name}\n`).join('')));
    return list.finish();
  }

  #tell(done: boolean): void {
    this.services.tell({ part: this.#part, bytes: this.#bytes, totalBytes: Math.max(this.#total, this.#bytes), rows: this.rows, done });
  }
}
