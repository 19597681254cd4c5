/** Whole numbers counted in bins of equal width: `counts[i]` of those from `from + i * width` to `from + (i + 1) * width - 1`. */
export interface LengthHistogram {
  readonly from: number;
  readonly width: number;
  readonly counts: readonly number[];
  readonly mean: number;
}

/** Numbers counted in equal shares of `from .. to`; the last share has its end. */
export interface ValueHistogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** At most `most` bins; one where all are the same. */
export function countLengths(lengths: Iterable<number>, most: number): LengthHistogram {
  const byLength = new Map<number, number>();
  for (const length of lengths) byLength.set(length, (byLength.get(length) ?? 0) + 1);
  if (byLength.size === 0) return { from: 0, width: 1, counts: [], mean: 0 };
  let [from, to, sum, total] = [Infinity, -Infinity, 0, 0];
  for (const [length, count] of byLength) {
    from = Math.min(from, length);
    to = Math.max(to, length);
    sum += length * count;
    total += count;
  }
  const width = Math.ceil((to - from + 1) / most);
  const counts = new Array<number>(Math.ceil((to - from + 1) / width)).fill(0);
  for (const [length, count] of byLength) {
    const bin = Math.floor((length - from) / width);
    counts[bin] = (counts[bin] ?? 0) + count;
  }
  return { from, width, counts, mean: sum / total };
}

/** Values that are not finite are left out; null where no two differ. */
export function countValues(values: ArrayLike<number>, bins: number): ValueHistogram | null {
  let [from, to] = [Infinity, -Infinity];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  if (!(to > from)) return null;
  const counts = new Array<number>(bins).fill(0);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? NaN;
    if (!Number.isFinite(value)) continue;
    const bin = Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from, to, counts };
}
