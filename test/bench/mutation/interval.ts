/** The 95 % interval of a share, after `hits` of `tries` (Wilson 1927). */
export function intervalOf(hits: number, tries: number): readonly [low: number, high: number] {
  const z = 1.96;
  const share = hits / tries;
  const middle = share + (z * z) / (2 * tries);
  const half = z * Math.sqrt((share * (1 - share)) / tries + (z * z) / (4 * tries * tries));
  return [(middle - half) / (1 + (z * z) / tries), (middle + half) / (1 + (z * z) / tries)];
}
