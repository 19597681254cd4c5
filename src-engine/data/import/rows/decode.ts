import type { ImportEncoding } from '../../../document/data/import-options.ts';
import { ENCODING_NAMES, zeroProblem } from './encoding.ts';
import { refuse, unreadable } from '../import-problems.ts';
import { Utf8Check } from './utf8.ts';

const NEWLINE = 10;

/** The text of bytes that come in pieces. Throws ProblemError U031, with the line, where they are not text of that encoding. */
export async function* decode(pieces: AsyncIterable<Uint8Array>, encoding: ImportEncoding, name: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const check = encoding === 'utf-8' ? new Utf8Check() : null;
  let line = 1;
  for await (const bytes of pieces) {
    const wrong = check?.add(bytes) ?? -1;
    if (wrong >= 0) refuse(notUtf8(name, line + count(bytes.subarray(0, wrong), NEWLINE)));
    const text = decoded(decoder, bytes, name, encoding);
    const zero = text.indexOf('\0');
    if (zero >= 0) refuse(zeroProblem(name, line + text.slice(0, zero).split('\n').length - 1));
    line += count(bytes, NEWLINE);
    if (text !== '') yield text;
  }
  if (check?.open === true) refuse(unreadable({ file: name }, 'it ends in the middle of a letter: it was cut off.', 'Get the whole file and import it again.'));
  const rest = decoded(decoder, null, name, encoding);
  if (rest !== '') yield rest;
}

interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

/** Null for the end. UTF-8 was checked before: only UTF-16 can be wrong here. */
function decoded(decoder: Decoder, bytes: Uint8Array | null, name: string, encoding: ImportEncoding): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    const what = `it is not ${ENCODING_NAMES[encoding]} text throughout.`;
    return refuse(unreadable({ file: name }, what, 'Choose another encoding, or save the file as UTF-8.'));
  }
}

function notUtf8(name: string, line: number) {
  const fix = 'Set the encoding to Latin-1 (windows-1252), or save the file as UTF-8.';
  return unreadable({ file: name }, `line ${line} has bytes that are not UTF-8.`, fix);
}

function count(bytes: Uint8Array, byte: number): number {
  let found = 0;
  for (let index = bytes.indexOf(byte); index >= 0; index = bytes.indexOf(byte, index + 1)) found += 1;
  return found;
}
