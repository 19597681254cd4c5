import { RESERVED_WIDE } from '../reserved';
import { at } from '../split';

/** Whether adjacent vectors of 128 bits become one of 256: tiles of 16 columns then pay. */
@inline
export function wide(): bool {
  return load<i32>(at(RESERVED_WIDE)) != 0;
}

/**
 * Rows of the next register tile when `left` rows are left. Multiply-adds run at full speed in tiles of 6, 5 and nearly of 4 rows, so take as many fives
 * as leave a multiple of 6. Without relaxed SIMD a product needs a register of its own: 4 rows are the fastest, 3 and 5 come close.
 */
@inline
export function tileRows(left: i32): i32 {
  if (left <= 5) return left;
  if (RELAXED) {
    if (left % 6 == 0) return 6;
    if (left <= 8) return 4;
    return left >= 5 * (6 - (left % 6)) || left <= 19 ? 5 : 6;
  }
  return left == 6 ? 3 : 4;
}
