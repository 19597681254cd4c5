import { loadTail, madd, storeTail, zero } from './vector';

/** packed [rows,units] = c [rows,units], rows ldc bytes apart. */
export function packUnits(c: usize, ldc: usize, packed: usize, rows: i32, units: i32): void {
  if (units == 6) {
    for (; rows > 0; rows--) {
      v128.store(packed, v128.load(c));
      store<u64>(packed, load<u64>(c, 16), 16);
      c += ldc;
      packed += 24;
    }
    return;
  }
  for (; rows > 0; rows--) {
    storeTail(packed, loadTail(c, units), units);
    storeTail(packed + 16, loadTail(c + 16, units - 4), units - 4);
    c += ldc;
    packed += <usize>units * 4;
  }
}

/** to [units, columns < 8] = from, rows apart as given in bytes. */
export function copyEdge(from: usize, fromDistance: usize, to: usize, toDistance: usize, units: i32, columns: i32): void {
  for (; units > 0; units--) {
    storeTail(to, loadTail(from, columns), columns);
    storeTail(to + 16, loadTail(from + 16, columns - 4), columns - 4);
    from += fromDistance;
    to += toDistance;
  }
}

/** W[units, columns < 8] = (W if accumulate) + sum over m of C[m, units] A[m, columns], in place, nothing packed. */
export function outerColumns(c: usize, ldc: usize, a: usize, lda: usize, w: usize, ldw: usize, m: i32, units: i32, columns: i32, accumulate: i32): void {
  for (; units > 0; units--) {
    let w0 = accumulate ? loadTail(w, columns) : zero();
    let w1 = accumulate ? loadTail(w + 16, columns - 4) : zero();
    let from = c;
    let row = a;
    for (let left = m; left > 0; left--) {
      const x = v128.load_splat<f32>(from);
      w0 = madd(x, loadTail(row, columns), w0);
      w1 = madd(x, loadTail(row + 16, columns - 4), w1);
      from += ldc;
      row += lda;
    }
    storeTail(w, w0, columns);
    storeTail(w + 16, w1, columns - 4);
    c += 4;
    w += ldw;
  }
}
