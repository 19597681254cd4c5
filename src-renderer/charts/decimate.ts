/** Indices of a series that draw the same picture with few points. */

function lowerBound(x: Float64Array, length: number, value: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** NaN counts as lower than everything, so that a bucket that holds one keeps it. */
function heightOf(y: Float64Array, index: number): number {
  const value = y[index] ?? Number.NaN;
  return Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value;
}

/**
 * The points of `y` between x = from and x = to (and one on either side), thinned to the smallest and the largest of each
 * of `buckets` equal shares, in order. Non-finite values are kept: they are what a reader looks for.
 * @param x ascending, at least `length` long, as `y`
 */
export function decimate(x: Float64Array, y: Float64Array, length: number, from: number, to: number, buckets: number): Int32Array {
  const start = Math.max(0, lowerBound(x, length, from) - 1);
  const end = Math.min(length, lowerBound(x, length, to) + 2);
  const count = end - start;
  if (count <= buckets * 2) return Int32Array.from({ length: Math.max(0, count) }, (_, index) => start + index);
  const kept = new Int32Array(buckets * 2);
  let used = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = start + Math.floor((bucket * count) / buckets);
    const last = start + Math.floor(((bucket + 1) * count) / buckets);
    let lowest = first;
    let highest = first;
    for (let index = first; index < last; index++) {
      if (heightOf(y, index) < heightOf(y, lowest)) lowest = index;
      if (heightOf(y, index) > heightOf(y, highest)) highest = index;
    }
    kept[used++] = Math.min(lowest, highest);
    if (lowest !== highest) kept[used++] = Math.max(lowest, highest);
  }
  return kept.subarray(0, used);
}
