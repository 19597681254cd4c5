/** What a cell came to that was trained to recall a symbol over `lag` steps; accuracy 0..1. */
export interface TriedLag {
  readonly lag: number;
  readonly accuracy: number;
}

/** How far a cell remembers, as far as the lags that were tried tell. */
export interface MemorySpan {
  /** The longest lag that held before the first that did not; 0 where none did. */
  readonly remembers: number;
  /** The shortest lag that did not hold; null where all did. */
  readonly collapsesAt: number | null;
}

/** Between the two ends of the span lie at most this share of the lag that held. */
const RESOLUTION = 1 / 8;

/** Half-way between guessing one of `classes` and always being right: below it recall has collapsed. */
export function collapseBelow(classes: number): number {
  return (1 / classes + 1) / 2;
}

/** A lag holds where its accuracy is at least `threshold`. What held beyond the first collapse does not count. */
export function spanOf(tried: readonly TriedLag[], threshold: number): MemorySpan {
  const failed = tried.filter(({ accuracy }) => !(accuracy >= threshold)).map(({ lag }) => lag);
  const collapsesAt = failed.length === 0 ? null : Math.min(...failed);
  const held = tried.filter(({ lag, accuracy }) => accuracy >= threshold && (collapsesAt === null || lag < collapsesAt));
  return { remembers: Math.max(0, ...held.map(({ lag }) => lag)), collapsesAt };
}

/** The lag to try next: twice the last until one collapses, then between the two ends of the span; null when they are near, or `longest` held. */
export function nextLag(tried: readonly TriedLag[], threshold: number, longest: number): number | null {
  const { remembers, collapsesAt } = spanOf(tried, threshold);
  if (collapsesAt === null) return remembers >= longest ? null : Math.min(longest, Math.max(1, 2 * remembers));
  if (collapsesAt - remembers <= Math.max(1, Math.floor(remembers * RESOLUTION))) return null;
  return Math.floor((remembers + collapsesAt) / 2);
}
