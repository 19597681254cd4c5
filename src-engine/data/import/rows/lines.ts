import { refuse, unreadable } from '../import-problems.ts';

/** Letters of the longest line or row that is taken for one. */
export const LONGEST_LINE = 8 * 1024 * 1024;

/** The lines of a text that comes in pieces, in batches; ends are \n, \r\n or \r. The last line may have none. */
export async function* readLines(pieces: AsyncIterable<string>, name: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  let line = 0;
  for await (const piece of pieces) {
    // A \r at the very end may be the first half of a \r\n.
    const text = rest + piece;
    const end = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.slice(0, end).split(/\r\n|\n|\r/u);
    rest = (lines.pop() ?? '') + text.slice(end);
    line += lines.length;
    if (rest.length > LONGEST_LINE) {
      const what = `line ${line + 1} has more than ${LONGEST_LINE.toLocaleString('en')} letters.`;
      refuse(unreadable({ file: name }, what, 'Break it into lines of one example each, or import the file as plain text.'));
    }
    if (lines.length > 0) yield lines;
  }
  const last = rest.replace(/\r$/u, '');
  if (last !== '') yield [last];
}
