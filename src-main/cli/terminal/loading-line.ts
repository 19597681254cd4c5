import type { Loading } from '../../../src-engine/session/protocol.ts';
import type { Context } from '../context.ts';

/** How far the reading of data is, in one line of a terminal that is written over again and again; nothing elsewhere. */
export class LoadingLine {
  readonly #context: Context;
  #shown = false;

  constructor(context: Context) {
    this.#context = context;
  }

  show({ part, bytes, totalBytes, rows, done }: Loading): void {
    const { errors } = this.#context;
    if (done) this.clear();
    if (done || !errors.isTerminal) return;
    const share = totalBytes === 0 ? 0 : Math.floor((100 * bytes) / totalBytes);
    const what = part === 'vectors' ? 'reading word vectors' : 'reading the data';
    errors.write(`\r\u001b[K${what}: ${share} %, ${rows.toLocaleString('en')} ${part === 'vectors' ? 'found' : 'rows'}`);
    this.#shown = true;
  }

  clear(): void {
    if (this.#shown) this.#context.errors.write('\r\u001b[K');
    this.#shown = false;
  }
}
