import type { WordVectors } from '../dataset.ts';
import type { ImportFile } from './import-services.ts';
import { refuse, unreadable } from './import-problems.ts';
import type { ImportReader } from './import-reader.ts';

/** Numbers of a vector at most; more is no file of vectors. */
const MOST_NUMBERS = 4096;
/** Bytes of a word at most. */
const LONGEST_WORD = 1024;
const [NEWLINE, SPACE] = [10, 32];

export interface ImportedVectors extends WordVectors {
  /** Rows of the vocabulary that the file has. */
  readonly found: number;
}

/**
 * Rows of the vocabulary from a file of word vectors, [V,size]; those it does not have are zero. GloVe's text (a word and its numbers on each line, with or
 * without a first line `WORDS SIZE` as word2vec writes it) or word2vec's binary form (that line, then each word, a space and float32 little endian). A word
 * is also found in its capital spellings where the small one is not there. Throws ProblemError U031.
 */
export async function readWordVectors(reader: ImportReader, file: ImportFile, vocabulary: readonly string[]): Promise<ImportedVectors> {
  const binary = await isBinary(file);
  const table = new VectorTable(vocabulary, reader, file);
  if (binary) await readBinary(reader, file, table);
  else await readText(reader, file, table);
  return table.finish();
}

/** The places of the vocabulary that have been filled, and by which spelling. */
class VectorTable {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #count: number;
  readonly #reader: ImportReader;
  readonly #file: ImportFile;
  #found: Uint8Array;
  #table: Float32Array | null = null;
  #size = 0;

  constructor(vocabulary: readonly string[], reader: ImportReader, file: ImportFile) {
    this.#ids = new Map(vocabulary.map((token, id) => [token, id]));
    this.#count = vocabulary.length;
    this.#found = new Uint8Array(vocabulary.length);
    this.#reader = reader;
    this.#file = file;
  }

  get size(): number {
    return this.#size;
  }

  begin(size: number): void {
    if (size < 1 || size > MOST_NUMBERS) refuse(unreadable({ file: this.#file.name }, `its vectors have ${size} numbers.`, FIX));
    this.#size = size;
    this.#reader.budget.take(4 * this.#count * size);
    this.#table = new Float32Array(this.#count * size);
  }

  /** Where the word's numbers go; null where they are not needed. */
  place(word: string): Float32Array | null {
    const exact = this.#ids.get(word);
    const id = exact ?? this.#ids.get(word.toLowerCase());
    if (id === undefined || this.#table === null) return null;
    const quality = exact === undefined ? 1 : 2;
    if ((this.#found[id] ?? 0) >= quality) return null;
    if (this.#found[id] === 0) this.#reader.rows += 1;
    this.#found[id] = quality;
    return this.#table.subarray(id * this.#size, (id + 1) * this.#size);
  }

  finish(): ImportedVectors {
    if (this.#table === null) return refuse(unreadable({ file: this.#file.name }, 'it holds no vectors.', FIX));
    if (!this.#found.some((quality) => quality > 0)) {
      return refuse(
        unreadable({ file: this.#file.name }, 'it has a vector for none of the words of the text.', 'Choose vectors for the language of the text.'),
      );
    }
    return { size: this.#size, table: this.#table, found: this.#found.reduce((sum, quality) => sum + (quality > 0 ? 1 : 0), 0) };
  }
}

const FIX = 'Choose a file of word vectors: GloVe .txt, or word2vec .bin or .txt.';

/** Bytes that are looked at. */
const PROBED = 64 * 1024;

/** Text has no byte below a space other than those of white space; float32 numbers have them everywhere. */
async function isBinary(file: ImportFile): Promise<boolean> {
  let seen = 0;
  for await (const piece of file.pieces()) {
    if (piece.some((byte) => byte < 9 || (byte > 13 && byte < 32))) return true;
    seen += piece.length;
    if (seen >= PROBED) return false;
  }
  return seen > 0 ? false : refuse(unreadable({ file: file.name }, 'the file is empty.', FIX));
}

/** Bytes that come in pieces, taken line by line or in stretches. What is not taken is kept: at most a piece and a stretch. */
class ByteQueue {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #bytes = new Uint8Array(0);
  #at = 0;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** False where the bytes end before that. */
  async have(count: number): Promise<boolean> {
    while (this.#bytes.length - this.#at < count) if (!(await this.#more())) return false;
    return true;
  }

  async #more(): Promise<boolean> {
    const next = await this.#pieces.next();
    if (next.done === true) return false;
    const joined = new Uint8Array(this.#bytes.length - this.#at + next.value.length);
    joined.set(this.#bytes.subarray(this.#at));
    joined.set(next.value, this.#bytes.length - this.#at);
    this.#bytes = joined;
    this.#at = 0;
    return true;
  }

  /** Up to that byte, which is skipped; to the end where it does not come; null at the end, or where there are more than `most` before it. */
  async until(byte: number, most: number): Promise<Uint8Array | null> {
    let from = this.#at;
    for (;;) {
      const end = this.#bytes.indexOf(byte, from);
      if (end >= 0) return end - this.#at > most ? null : this.#take(end - this.#at, 1);
      const searched = this.#bytes.length - this.#at;
      if (searched > most) return null;
      if (!(await this.#more())) return searched === 0 ? null : this.#take(searched, 0);
      from = this.#at + searched;
    }
  }

  take(count: number): Uint8Array {
    return this.#take(count, 0);
  }

  skip(byte: number): void {
    while (this.#bytes[this.#at] === byte) this.#at += 1;
  }

  get empty(): boolean {
    return this.#at === this.#bytes.length;
  }

  #take(count: number, behind: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += count + behind;
    return taken;
  }
}

const decoder = new TextDecoder();

async function readBinary(reader: ImportReader, file: ImportFile, table: VectorTable): Promise<void> {
  const queue = new ByteQueue(reader.pieces(file));
  const header = await queue.until(NEWLINE, 100);
  const [, words, size] = /^(\d+) (\d+)\r?$/u.exec(header === null ? '' : decoder.decode(header)) ?? [];
  if (words === undefined || size === undefined) refuse(unreadable({ file: file.name }, 'it is neither text nor does it begin with the line WORDS SIZE.', FIX));
  table.begin(Number(size));
  const length = 4 * Number(size);
  for (let row = 1; row <= Number(words); row += 1) {
    queue.skip(NEWLINE);
    const word = await queue.until(SPACE, LONGEST_WORD);
    if (word === null || !(await have(queue, length, word))) {
      refuse(unreadable({ file: file.name, row }, `the file ends here, and it says it holds ${words} vectors.`, 'Get the whole file and import it again.'));
    }
  }

  async function have(from: ByteQueue, count: number, word: Uint8Array): Promise<boolean> {
    const target = table.place(decoder.decode(word).replace(/^\n+/u, ''));
    if (!(await from.have(count))) return false;
    const bytes = from.take(count);
    if (target === null) return true;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let index = 0; index < target.length; index += 1) target[index] = finiteOr0(view.getFloat32(4 * index, true));
    return true;
  }
}

function finiteOr0(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

async function readText(reader: ImportReader, file: ImportFile, table: VectorTable): Promise<void> {
  const queue = new ByteQueue(reader.pieces(file));
  for (let row = 1; ; row += 1) {
    const bytes = await queue.until(NEWLINE, 64 * MOST_NUMBERS);
    if (bytes === null) {
      if (!queue.empty) refuse(unreadable({ file: file.name, row }, 'the line is too long for a word and its numbers.', FIX));
      return;
    }
    const line = decoder.decode(bytes).trimEnd();
    if (line === '' || (row === 1 && /^\d+ \d+$/u.test(line))) continue;
    addLine(line, { file: file.name, row }, table);
  }
}

function addLine(line: string, place: { readonly file: string; readonly row: number }, table: VectorTable): void {
  const parts = line.split(/[ \t]/u);
  if (table.size === 0) table.begin(parts.length - 1);
  // A few of GloVe's words hold a space: the numbers are counted from the end.
  const word = parts.slice(0, parts.length - table.size).join(' ');
  if (word === '') refuse(unreadable(place, `the line has ${parts.length - 1} numbers where the first one has ${table.size}.`, FIX));
  const target = table.place(word);
  if (target === null) return;
  for (let index = 0; index < target.length; index += 1) {
    const text = parts[parts.length - target.length + index] ?? '';
    const value = text === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value)) refuse(unreadable(place, 'a number of the vector cannot be read.', FIX));
    target[index] = value;
  }
}
