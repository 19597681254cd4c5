/** A field of an input without steps: one number, or one of several columns of which exactly one is 1. */
export type VectorField = { readonly kind: 'number'; readonly column: number } | { readonly kind: 'choice'; readonly columns: readonly number[] };

/**
 * How the columns of examples are best typed. A stretch of columns that hold only 0 and 1, with exactly one 1 in every example, is one choice;
 * columns of zeros behind it belong to it, as examples need not show every choice.
 * @param examples [rows][columns]
 */
export function vectorFields(examples: readonly (readonly number[])[], width: number): readonly VectorField[] {
  const fields: VectorField[] = [];
  let column = 0;
  while (column < width) {
    const end = choiceEnd(examples, column, width);
    fields.push(end === null ? { kind: 'number', column } : { kind: 'choice', columns: range(column, end) });
    column = end ?? column + 1;
  }
  return fields;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Where the choice that starts at `from` ends; null where none does. */
function choiceEnd(examples: readonly (readonly number[])[], from: number, width: number): number | null {
  const sums = examples.map(() => 0);
  for (let column = from; column < width; column += 1) {
    if (!isBinary(examples, column)) return null;
    examples.forEach((row, index) => (sums[index] = (sums[index] ?? 0) + (row[column] ?? 0)));
    if (sums.some((sum) => sum > 1)) return null;
    if (examples.length < 2 || column === from || sums.some((sum) => sum !== 1)) continue;
    let end = column + 1;
    while (end < width && examples.every((row) => row[end] === 0)) end += 1;
    return end;
  }
  return null;
}

function isBinary(examples: readonly (readonly number[])[], column: number): boolean {
  return examples.every((row) => row[column] === 0 || row[column] === 1);
}
