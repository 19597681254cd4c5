import { problem, ProblemError, type Problem } from '../../document/problems.ts';

/** Where in the files something stands. Rows count from 1, the header too. */
export interface Place {
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
}

/** U031, its place in front: `sales.csv, row 7, column "price": ...`. */
export function unreadable({ file, row, column }: Place, what: string, fix: string): Problem {
  const place = [quoteless(file), ...(row === undefined ? [] : [`row ${row}`]), ...(column === undefined ? [] : [`column "${shown(column)}"`])].join(', ');
  return problem('U031', `${place}: ${what}`, fix, { path: 'data.source' });
}

export function tooSmall(what: string, fix: string, option: string): Problem {
  return problem('U032', what, fix, { path: option === '' ? 'data' : `data.options.${option}` });
}

export function refuse(...problems: readonly Problem[]): never {
  throw new ProblemError(problems);
}

const SHOWN = 60;

/** A piece of the user's data for a sentence: on one line, without control characters, not too long. */
export function shown(text: string): string {
  const plain = text
    .slice(0, 4 * SHOWN)
    .replace(/[\s\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
  const letters = Array.from(plain);
  return letters.length <= SHOWN ? plain : `${letters.slice(0, SHOWN - 1).join('')}\u2026`;
}

function quoteless(name: string): string {
  return shown(name).replaceAll('"', "'");
}

/** U031; `count` null: not counted. */
export function oneClass(label: string, count: number | null): Problem {
  const all = count === null ? 'The only class' : `All ${count} examples have one class,`;
  return problem('U031', `${all} "${shown(label)}": there is nothing to tell apart.`, 'Add examples of another class, or choose another column as the label.', {
    path: 'data.source',
  });
}
