/** What turns one text into another: `before` characters stay, then `removed` of the old give way to `inserted`. */
export interface TextChange {
  readonly before: number;
  readonly removed: number;
  readonly inserted: string;
}

/** The one stretch in which two texts differ; null where they are the same. Keeps the cursor and foldings of an editor in place. */
export function smallestChange(old: string, next: string): TextChange | null {
  if (old === next) return null;
  const shorter = Math.min(old.length, next.length);
  let before = 0;
  while (before < shorter && old[before] === next[before]) before++;
  let after = 0;
  while (after < shorter - before && old[old.length - 1 - after] === next[next.length - 1 - after]) after++;
  return { before, removed: old.length - before - after, inserted: next.slice(before, next.length - after) };
}
