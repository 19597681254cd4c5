/** Slips of the fingers that still show what was meant. */
const MOST_SLIPS = 2;

/** The word that was meant by a mistyped one: the same but for its case or its beginning (`optimizer.kind` for `training.optimizer.kind`), or but for two letters. */
function nearest(word: string, known: readonly string[]): string | null {
  const lower = word.toLowerCase();
  const same = known.find((each) => each.toLowerCase() === lower) ?? known.find((each) => each.toLowerCase().endsWith(`.${lower}`));
  if (same !== undefined) return same;
  const slips = known.map((each) => ({ each, count: distance(lower, each.toLowerCase()) })).sort((a, b) => a.count - b.count);
  const [best] = slips;
  return best !== undefined && best.count <= Math.min(MOST_SLIPS, Math.floor(word.length / 3)) ? best.each : null;
}

/** A sentence that asks for it, with a space in front; nothing where there is none. */
export function meant(word: string, known: readonly string[], prefix = ''): string {
  const found = nearest(word, known);
  return found === null ? '' : ` Is ${prefix}${found} meant?`;
}

/** Letters to put in, take out, change, or swap with their neighbour, to make one word of the other. */
function distance(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const cost = from[i - 1] === to[j - 1] ? 0 : 1;
      const above = rows[i - 1] ?? [];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost, swapped));
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? Infinity;
}
