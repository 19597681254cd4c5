interface OfStep {
  readonly step: number;
}

/** Most validations that a run keeps. */
export const MOST_VALIDATIONS = 2000;

/**
 * A history with one entry more, at most `most` of them. The first and the latest always stay; between them the entry goes whose absence
 * widens a gap the least against its age, so that gaps grow in proportion to the distance from the present: fine near it, coarse far back.
 * Entries at or after the new one's step belong to a run that was reset and go too.
 */
export function rememberThinned<T extends OfStep>(history: readonly T[], entry: T, most: number): readonly T[] {
  const kept = history.filter((each) => each.step < entry.step);
  kept.push(entry);
  while (kept.length > Math.max(2, most)) kept.splice(leastMissed(kept, entry.step), 1);
  return kept;
}

function leastMissed(history: readonly OfStep[], present: number): number {
  let found = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1; index < history.length - 1; index++) {
    const [before, own, after] = [stepAt(history, index - 1), stepAt(history, index), stepAt(history, index + 1)];
    const missed = (after - before) / (present - own);
    if (missed < least) [least, found] = [missed, index];
  }
  return found;
}

function stepAt(history: readonly OfStep[], index: number): number {
  return history[index]?.step ?? 0;
}

/** What stood at a step: the latest entry not after it, else the first; null for the latest of all. */
export function entryAt<T extends OfStep>(history: readonly T[], step: number | null): T | undefined {
  if (step === null) return history.at(-1);
  return history.findLast((each) => each.step <= step) ?? history[0];
}
