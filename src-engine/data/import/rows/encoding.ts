import type { ImportEncoding } from '../../../document/data/import-options.ts';
import type { Problem } from '../../../document/problems.ts';
import { unreadable } from '../import-problems.ts';
import { Utf8Check } from './utf8.ts';

export const ENCODING_NAMES: Readonly<Record<ImportEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16, little endian',
  'utf-16be': 'UTF-16, big endian',
  'windows-1252': 'Latin-1 (Windows-1252)',
};

/** Files that people take for text. */
const SIGNATURES: readonly { readonly bytes: readonly number[]; readonly is: string; readonly fix: string }[] = [
  { bytes: [0x50, 0x4b, 3, 4], is: 'a ZIP archive or an Excel workbook', fix: 'Save the sheet as CSV, or unpack the archive, and import that.' },
  { bytes: [0x1f, 0x8b], is: 'a gzip archive', fix: 'Unpack it (gunzip) and import what was in it.' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: 'an old Excel or Word file', fix: 'Save it as CSV or plain text and import that.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: 'a PDF', fix: 'Copy its text into a plain text file and import that.' },
  { bytes: [0x50, 0x41, 0x52, 0x31], is: 'a Parquet file', fix: 'Save it as CSV and import that.' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: 'a picture', fix: 'Choose a text or CSV file.' },
  { bytes: [0xff, 0xd8, 0xff], is: 'a picture', fix: 'Choose a text or CSV file.' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], is: 'a SQLite database', fix: 'Export its table as CSV and import that.' },
];

const BINARY_FIX = 'Choose a text file: CSV, TSV, JSON Lines or plain text.';

/** U031 where the first bytes are those of a known kind of file that is no text, or an ordinary text file would not have them. */
export function binaryProblem(name: string, head: Uint8Array): Problem | null {
  const known = SIGNATURES.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (known !== undefined) return unreadable({ file: name }, `it is ${known.is}, not text.`, known.fix);
  const zero = markOf(head) === null && unmarkedUtf16(head) === null ? head.indexOf(0) : -1;
  return zero < 0 ? null : unreadable({ file: name }, `it is not text: its byte ${zero + 1} is 0.`, BINARY_FIX);
}

/** U031 for a byte 0 further on. */
export function zeroProblem(name: string, line: number): Problem {
  return unreadable({ file: name }, `it is not text: there is a byte 0 in line ${line}.`, BINARY_FIX);
}

/** The encoding by a byte order mark; null without one. */
function markOf(head: Uint8Array): ImportEncoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return null;
}

const PROBED = 4096;

/** UTF-16 without a mark: nearly every other byte of European text is 0, and none of the others. */
function unmarkedUtf16(head: Uint8Array): ImportEncoding | null {
  const pairs = Math.floor(Math.min(head.length, PROBED) / 2);
  if (pairs < 2) return null;
  let [even, odd] = [0, 0];
  for (let pair = 0; pair < pairs; pair += 1) {
    if (head[2 * pair] === 0) even += 1;
    if (head[2 * pair + 1] === 0) odd += 1;
  }
  if (even === 0 && odd > 0.7 * pairs) return 'utf-16le';
  return odd === 0 && even > 0.7 * pairs ? 'utf-16be' : null;
}

/** What the first bytes say; `sure` where no later byte can say otherwise. Latin-1 is what is not UTF-8. */
export function detectEncoding(head: Uint8Array): { readonly encoding: ImportEncoding; readonly sure: boolean } {
  const marked = markOf(head) ?? unmarkedUtf16(head);
  if (marked !== null) return { encoding: marked, sure: true };
  return new Utf8Check().add(head) < 0 ? { encoding: 'utf-8', sure: false } : { encoding: 'windows-1252', sure: true };
}
