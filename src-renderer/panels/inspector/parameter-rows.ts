import type { ParameterShape } from '../../../src-engine/document/checked.ts';

export interface ParameterRow {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** Arrays of this name and shape: two in a bidirectional block, more in a repeating stack. */
  readonly copies: number;
  /** The next training starts it anew: it has another size than what was trained. */
  readonly stale: boolean;
}

/** A node's arrays by their own name, without the path to them; those of both directions and of repeats counted together. */
export function parameterRows(parameters: readonly ParameterShape[], stale: ReadonlySet<string> = new Set()): readonly ParameterRow[] {
  const rows = new Map<string, ParameterRow>();
  for (const { name, shape, trainable } of parameters) {
    const own = name.split('.').at(-1) ?? name;
    const key = `${own} ${shape.join(' ')}`;
    rows.set(key, { name: own, shape, trainable, copies: (rows.get(key)?.copies ?? 0) + 1, stale: stale.has(name) || rows.get(key)?.stale === true });
  }
  return [...rows.values()];
}

/** `31,680`, or `2 × 31,680` where every array is there as often. */
export function parameterTotal(rows: readonly ParameterRow[]): string {
  const copies = rows[0]?.copies ?? 1;
  const sizeOf = (row: ParameterRow) => row.shape.reduce((product, size) => product * size, 1);
  if (rows.every((row) => row.copies === copies) && copies > 1) {
    return `${copies} \u00d7 ${rows.reduce((sum, row) => sum + sizeOf(row), 0).toLocaleString('en-GB')}`;
  }
  return rows.reduce((sum, row) => sum + sizeOf(row) * row.copies, 0).toLocaleString('en-GB');
}
