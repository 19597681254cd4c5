import { dirname, isAbsolute, join, parse, relative, sep } from 'node:path';

/** Folders up to which a path goes before it is written from the top instead. */
const UP = 2;

/**
 * A path as a project keeps it: from the folder of its file where both lie in one tree (at most two folders up, and not only the top in common), else
 * absolute; with forward slashes.
 */
export function keptPath(path: string, projectFolder: string | null): string {
  const absolute = path.replaceAll(sep, '/');
  if (projectFolder === null) return absolute;
  const way = relative(projectFolder, path);
  if (way === '') return '.';
  if (isAbsolute(way)) return absolute;
  const ups = way.split(sep).filter((part) => part === '..').length;
  const top = dirname(join(projectFolder, ...Array.from({ length: ups }, () => '..'), 'x'));
  return ups > UP || top === parse(top).root ? absolute : way.replaceAll(sep, '/');
}

/** The deepest folder that holds all of them. */
function commonFolder(paths: readonly string[]): string {
  const [first = '', ...others] = paths;
  let folder = dirname(first);
  while (others.some((path) => relative(folder, path).startsWith('..') || isAbsolute(relative(folder, path))) && folder !== dirname(folder))
    folder = dirname(folder);
  return folder;
}

export interface DataPlace {
  /** For `data.source`. */
  readonly path: string;
  /** For `data.options`. */
  readonly options: Readonly<Record<string, string>>;
}

/** How a project names one file for each class. `names` has one for each path; without it the files' own names serve. */
export function classFiles(paths: readonly string[], names: readonly string[] | null, projectFolder: string | null): DataPlace {
  const folder = commonFolder(paths);
  const classes = names ?? fileClasses(paths);
  const options = Object.fromEntries(paths.map((path, index) => [`class.${classes[index] ?? ''}`, keptFrom(path, folder)]));
  return { path: keptPath(folder, projectFolder), options: { format: 'files', ...options } };
}

function keptFrom(path: string, folder: string): string {
  const way = relative(folder, path);
  return (isAbsolute(way) ? path : way).replaceAll(sep, '/');
}

/** What tells the names of the files apart: `neg` and `pos` of reviews.neg.txt and reviews.pos.txt; else the whole names. */
function fileClasses(paths: readonly string[]): readonly string[] {
  const names = paths.map((path) => parse(path).name);
  const whole = paths.map((path) => parse(path).base);
  const best = new Set(names).size === names.length ? names : whole;
  const parts = best.map((name) => name.split(/[-_. ]+/u).filter((part) => part !== ''));
  const telling = parts.map((own, index) => own.filter((part) => !parts.every((other, place) => place === index || other.includes(part))).join('-'));
  const distinct = telling.every((name) => name !== '') && new Set(telling).size === telling.length;
  if (distinct) return telling;
  return new Set(best).size === best.length ? best : paths.map((_, index) => `class ${index + 1}`);
}
