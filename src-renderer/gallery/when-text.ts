const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago a moment was, in milliseconds since 1970; from the eighth day on its date. */
export function whenText(moment: number, now: number): string {
  const ago = now - moment;
  if (ago < 2 * MINUTE) return 'just now';
  if (ago < 2 * HOUR) return `${Math.floor(ago / MINUTE)} minutes ago`;
  if (ago < 2 * DAY) return `${Math.floor(ago / HOUR)} hours ago`;
  if (ago < 8 * DAY) return `${Math.floor(ago / DAY)} days ago`;
  return new Date(moment).toISOString().slice(0, 10);
}
