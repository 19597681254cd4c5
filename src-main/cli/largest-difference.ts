/** Largest absolute difference between two values of nested arrays of numbers; Infinity where they are not of one shape. */
export function largestDifference(one: unknown, other: unknown): number {
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return Infinity;
    return one.reduce<number>((largest, each, place) => Math.max(largest, largestDifference(each, other[place])), 0);
  }
  if (typeof one === 'number' && typeof other === 'number') return Object.is(one, other) ? 0 : withoutNaN(Math.abs(one - other));
  return one === other ? 0 : Infinity;
}

function withoutNaN(difference: number): number {
  return Number.isNaN(difference) ? Infinity : difference;
}
