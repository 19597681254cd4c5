import type { Measure } from '../../../src-engine/data/dataset.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { Context } from '../context.ts';

/** One JSON value on one line. A non-finite number is the string "NaN", "Infinity" or "-Infinity". */
export function jsonLine(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) => (typeof each === 'number' && !Number.isFinite(each) ? String(each) : each));
  return `${text}\n`;
}

/** A problem on one line: code, place, what is wrong, what to do. */
function problemLine({ code, node, wire, path, message, fix }: Problem): string {
  const place = node !== null ? `node "${node}": ` : wire !== null ? `wire "${wire}": ` : path !== null && path !== '' ? `${path}: ` : '';
  return `${code} ${place}${message} ${fix}`.replace(/[\s\p{Cc}]+/gu, ' ') + '\n';
}

export function printProblems(problems: readonly Problem[], context: Context): void {
  for (const each of problems) context.errors.write(problemLine(each));
}

/** Columns padded to the widest cell; numbers to the right where `right` says so. */
export function tableText(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join('');
}

/** Four significant digits, or the word for a number that is none. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

const SHARES: ReadonlySet<string> = new Set(['accuracy', 'exact-match', 'macro-f1'] satisfies Measure[]);

/** `exact match 99.1 %`, `macro F1 83.8 %`, `bits per character 2.13`. */
export function scoreText(metric: Measure, score: number): string {
  const name = metric.replaceAll('-', ' ').replace('f1', 'F1');
  return SHARES.has(metric) && Number.isFinite(score) ? `${name} ${(score * 100).toFixed(1)} %` : `${name} ${shortNumber(score)}`;
}
