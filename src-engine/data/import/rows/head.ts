import type { ImportEncoding } from '../../../document/data/import-options.ts';
import { binaryProblem, detectEncoding } from './encoding.ts';
import type { ImportFile } from '../import-services.ts';
import { refuse, unreadable } from '../import-problems.ts';

/** Bytes that are looked at before anything is decided. */
const HEAD_BYTES = 1024 * 1024;

/** The beginning of a file as text. */
export interface Head {
  readonly file: ImportFile;
  readonly encoding: ImportEncoding;
  /** No later byte can say that the encoding is another. */
  readonly sure: boolean;
  readonly text: string;
  readonly bytes: number;
  /** The file has no more. */
  readonly whole: boolean;
}

/** Throws ProblemError U031 for a file that is empty or no text. `encoding` null: looked up. */
export async function readHead(file: ImportFile, encoding: ImportEncoding | null): Promise<Head> {
  const bytes = await firstBytes(file);
  if (bytes.length === 0) refuse(unreadable({ file: file.name }, 'the file is empty.', 'Choose a file with data in it.'));
  const binary = binaryProblem(file.name, bytes);
  if (binary !== null) refuse(binary);
  const found = encoding === null ? detectEncoding(bytes) : { encoding, sure: true };
  const text = new TextDecoder(found.encoding).decode(bytes, { stream: true });
  if (text.trim() === '') {
    if (bytes.length >= file.bytes) refuse(unreadable({ file: file.name }, 'the file holds nothing but white space.', 'Choose a file with data in it.'));
    refuse(unreadable({ file: file.name }, 'it begins with a mebibyte of white space.', 'Take the white space away and import it again.'));
  }
  return { file, ...found, text, bytes: bytes.length, whole: bytes.length >= file.bytes };
}

async function firstBytes(file: ImportFile): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(HEAD_BYTES, Math.max(file.bytes, 1)));
  let length = 0;
  for await (const piece of file.pieces()) {
    const part = piece.subarray(0, head.length - length);
    head.set(part, length);
    length += part.length;
    if (length === head.length) break;
  }
  return head.subarray(0, length);
}
