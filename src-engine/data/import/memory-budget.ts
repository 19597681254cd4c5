import { problem, ProblemError } from '../../document/problems.ts';

/** What a place in a table of different texts costs beside the text's two bytes a letter, measured on Node 24. */
const ENTRY = 96;

/** Keeps what an import holds in memory within its bounds: whoever keeps more says so first. */
export class MemoryBudget {
  readonly #limit: number;
  #used = 0;
  /** Of all bytes to be read, the share that has been read: what is needed in the end is estimated with it. */
  share = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Throws ProblemError U035 where `bytes` more do not fit. */
  take(bytes: number): void {
    this.#used += bytes;
    if (this.#used > this.#limit) throw this.#refusal(this.share > 0.001 ? this.#used / Math.min(1, this.share) : this.#used);
  }

  takeText(text: string): void {
    this.take(ENTRY + 2 * text.length);
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }

  /** Throws ProblemError U035 where `bytes` more will not fit; takes nothing. */
  expect(bytes: number): void {
    if (this.#used + bytes > this.#limit) throw this.#refusal(this.#used + bytes);
  }

  #refusal(need: number): ProblemError {
    const fix = 'Use a smaller file, fewer columns, a smaller vocabulary or a larger stride, or a machine with more memory.';
    const message = `The data needs about ${gibibytes(need)} of memory; ${gibibytes(this.#limit)} can be used here.`;
    return new ProblemError([problem('U035', message, fix, { path: 'data.source' })]);
  }
}

function gibibytes(bytes: number): string {
  return bytes < 0.1 * 2 ** 30 ? `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
