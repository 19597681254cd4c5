/**
 * Rows of the next register tile when `left` rows are left. With relaxed SIMD 6, 5 and 4 rows run at full speed, so from 8 rows on there
 * is nothing else; without it 4 rows are the fastest (a product needs a register of its own) and 3 and 5 come close.
 */
@inline
export function tileRows(left: i32): i32 {
  if (RELAXED) {
    if (left <= 6) return left;
    if (left <= 8) return 4;
    if (left <= 10 || left == 13) return 5;
    return 6;
  }
  if (left == 6) return 3;
  return left <= 5 ? left : 4;
}
