import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';

/** Limits on a file, checked before it is parsed. */
export const MAX_BYTES = 64 * 1024 * 1024;
const MAX_DEPTH = 64;

/** Keys that could reach an object's prototype in careless code; refused wherever they stand. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const MAX_PROBLEMS = 20;

export type ReadJson = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problems: readonly Problem[] };

export type JsonPath = readonly PropertyKey[];

/** `graph.nodes[3].params.units`; a key that is no plain word is quoted. */
export function pathText(path: JsonPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const key = String(step);
    if (!/^[\w$-]+$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** JSON text of a stranger: U005 too large or deep, U001 not JSON, U006 forbidden keys, U004 numbers too large to hold. */
export function readJson(text: string): ReadJson {
  const tooLarge = checkLimits(text);
  if (tooLarge !== null) return { ok: false, problems: [tooLarge] };
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    return { ok: false, problems: [notJson(text, error)] };
  }
  return inspectJson(value);
}

/** The same checks for a JSON value that is already parsed. */
export function inspectJson(value: unknown): ReadJson {
  const problems: Problem[] = [];
  inspect(value, [], problems);
  return problems.length === 0 ? { ok: true, value } : { ok: false, problems };
}

function tooDeep(): Problem {
  return problem('U005', `The file is nested deeper than ${MAX_DEPTH} levels.`, 'Open a file that Unroll has written.');
}

function checkLimits(text: string): Problem | null {
  const tooLong = problem('U005', `The file is larger than ${MAX_BYTES / 1024 / 1024} MiB.`, 'Open a file that Unroll has written.');
  if (text.length > MAX_BYTES) return tooLong;
  const { bytes, depth } = measureJson(text);
  if (bytes > MAX_BYTES) return tooLong;
  return depth > MAX_DEPTH ? tooDeep() : null;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** UTF-8 bytes and greatest nesting, without parsing: `JSON.parse` itself has no limit on depth. Stops early past `MAX_DEPTH`. */
function measureJson(text: string): { readonly bytes: number; readonly depth: number } {
  let bytes = 0;
  let open = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes += utf8Length(unit);
    if (inString) {
      if (unit === BACKSLASH) {
        at++;
        bytes += at < text.length ? utf8Length(text.charCodeAt(at)) : 0;
      } else if (unit === QUOTE) inString = false;
    } else if (unit === QUOTE) inString = true;
    else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) {
      open++;
      if (open > depth) depth = open;
      if (depth > MAX_DEPTH) break;
    } else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) open--;
  }
  return { bytes, depth };
}

/** Bytes of one UTF-16 unit; each half of a surrogate pair counts 2 of the pair's 4. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}

function notJson(text: string, error: unknown): Problem {
  const said = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(said)?.[1];
  const place = position === undefined ? null : lineAndColumn(text, Number(position));
  const where = place === null ? '' : ` at ${place}`;
  return problem(
    'U001',
    text.trim() === '' ? 'The file is empty.' : `The file is not valid JSON: it cannot be read${where}.`,
    'Open another file, or mend this one in a text editor.',
    place === null ? {} : { path: place },
  );
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  return `line ${line}, column ${position - before.lastIndexOf('\n')}`;
}

/** `path` is one array that grows and shrinks: a file may hold millions of values. */
function inspect(value: unknown, path: (string | number)[], problems: Problem[]): void {
  if (problems.length >= MAX_PROBLEMS) return;
  if (typeof value === 'number' && !Number.isFinite(value)) {
    problems.push(problem('U004', `${pathText(path)} is a number too large to hold.`, 'Give a finite number.', { path: pathText(path) }));
  }
  if (typeof value !== 'object' || value === null) return;
  if (path.length >= MAX_DEPTH) {
    problems.push(tooDeep());
    return;
  }
  for (const [key, each] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    path.push(key);
    if (typeof key === 'string' && FORBIDDEN_KEYS.has(key)) problems.push(forbidden(pathText(path), key));
    else inspect(each, path, problems);
    path.pop();
  }
}

function forbidden(path: string, key: string): Problem {
  return problem('U006', `${path} uses the key "${key}", which no Unroll file may hold.`, 'Remove the key.', { path });
}
