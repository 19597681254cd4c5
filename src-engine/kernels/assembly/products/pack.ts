import { at, firstItem } from '../split';
import { loadTail, zero } from '../math/vector';

/**
 * b = panels of 8 columns of B[K,N], zeros past N. transpose 1: B[k,n] = w[n,k], w [N,K]; transpose 0: B[k,n] = w[k,n], w [K,N]; rows of w
 * ldw apart. Thread's share: panels.
 */
export function pack(wOffset: i32, ldw: i32, bOffset: i32, n: i32, k: i32, transpose: i32, thread: i32, threads: i32): void {
  const panels = (n + 7) >> 3;
  const end = firstItem(panels, thread + 1, threads);
  for (let panel = firstItem(panels, thread, threads); panel < end; panel++) {
    const columns = min(8, n - panel * 8);
    const b = at(bOffset + panel * 8 * k);
    if (transpose) packTransposed(at(wOffset + panel * 8 * ldw), at(ldw), b, columns, k);
    else packColumns(at(wOffset + panel * 8), at(ldw), b, columns, k);
  }
}

/** b [rows,8] = w [rows, columns <= 8] rows ldw bytes apart, zeros past `columns`. */
export function packColumns(w: usize, ldw: usize, b: usize, columns: i32, rows: i32): void {
  if (columns == 8) {
    for (; rows > 0; rows--) {
      v128.store(b, v128.load(w));
      v128.store(b, v128.load(w, 16), 16);
      w += ldw;
      b += 32;
    }
    return;
  }
  for (; rows > 0; rows--) {
    v128.store(b, loadTail(w, columns));
    v128.store(b, loadTail(w + 16, columns - 4), 16);
    w += ldw;
    b += 32;
  }
}

/** b [K,8] = w^T, w [columns <= 8, K] rows ldw bytes apart, zeros past `columns`. */
function packTransposed(w: usize, ldw: usize, b: usize, columns: i32, k: i32): void {
  let column = 0;
  for (; column < 8; column += 4) {
    if (columns - column >= 4) transposeFour(w, ldw, b, k);
    else transposeFew(w, ldw, b, columns - column, k);
    w += 4 * ldw;
    b += 16;
  }
}

/** Four rows of w to four columns of a panel. */
function transposeFour(w0: usize, ldw: usize, b: usize, k: i32): void {
  let w1 = w0 + ldw;
  let w2 = w1 + ldw;
  let w3 = w2 + ldw;
  for (; k >= 4; k -= 4) {
    const r0 = v128.load(w0);
    const r1 = v128.load(w1);
    const r2 = v128.load(w2);
    const r3 = v128.load(w3);
    const low01 = i32x4.shuffle(r0, r1, 0, 4, 1, 5);
    const low23 = i32x4.shuffle(r2, r3, 0, 4, 1, 5);
    const high01 = i32x4.shuffle(r0, r1, 2, 6, 3, 7);
    const high23 = i32x4.shuffle(r2, r3, 2, 6, 3, 7);
    v128.store(b, i64x2.shuffle(low01, low23, 0, 2));
    v128.store(b, i64x2.shuffle(low01, low23, 1, 3), 32);
    v128.store(b, i64x2.shuffle(high01, high23, 0, 2), 64);
    v128.store(b, i64x2.shuffle(high01, high23, 1, 3), 96);
    w0 += 16;
    w1 += 16;
    w2 += 16;
    w3 += 16;
    b += 128;
  }
  for (; k > 0; k--) {
    store<f32>(b, load<f32>(w0));
    store<f32>(b, load<f32>(w1), 4);
    store<f32>(b, load<f32>(w2), 8);
    store<f32>(b, load<f32>(w3), 12);
    w0 += 4;
    w1 += 4;
    w2 += 4;
    w3 += 4;
    b += 32;
  }
}

/** `count` < 4 rows of w (none when it is not positive) to four columns of a panel, the rest zeros. */
function transposeFew(w: usize, ldw: usize, b: usize, count: i32, k: i32): void {
  for (let row = 0; row < k; row++) {
    v128.store(b, zero());
    for (let column = 0; column < count; column++) store<f32>(b + <usize>column * 4, load<f32>(w + <usize>column * ldw));
    w += 4;
    b += 32;
  }
}
