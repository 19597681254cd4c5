import { at, firstItem } from '../split';
import { add, loadLanes, madd, storeLanes, zero } from '../math/vector';

/** y[N] = (y if accumulate) + sum over m of C[m,n]; m ascends. c [M,N] rows ldc apart. Thread's share: columns. */
export function columnSum(cOffset: i32, ldc: i32, yOffset: i32, m: i32, n: i32, accumulate: i32, thread: i32, threads: i32): void {
  const begin = firstItem(n, thread, threads);
  let columns = firstItem(n, thread + 1, threads) - begin;
  let c = at(cOffset + begin);
  let y = at(yOffset + begin);
  for (; columns >= 16; columns -= 16) {
    sumSixteen(c, at(ldc), y, m, accumulate);
    c += 64;
    y += 64;
  }
  for (; columns > 0; columns -= 4) {
    sumFour(c, at(ldc), y, m, min(4, columns), accumulate);
    c += 16;
    y += 16;
  }
}

function sumSixteen(c: usize, ldc: usize, y: usize, m: i32, accumulate: i32): void {
  let y0 = accumulate ? v128.load(y) : zero();
  let y1 = accumulate ? v128.load(y, 16) : zero();
  let y2 = accumulate ? v128.load(y, 32) : zero();
  let y3 = accumulate ? v128.load(y, 48) : zero();
  for (; m > 0; m--) {
    y0 = add(y0, v128.load(c));
    y1 = add(y1, v128.load(c, 16));
    y2 = add(y2, v128.load(c, 32));
    y3 = add(y3, v128.load(c, 48));
    c += ldc;
  }
  v128.store(y, y0);
  v128.store(y, y1, 16);
  v128.store(y, y2, 32);
  v128.store(y, y3, 48);
}

function sumFour(c: usize, ldc: usize, y: usize, m: i32, columns: i32, accumulate: i32): void {
  let sum = accumulate ? loadLanes(y, columns) : zero();
  for (; m > 0; m--) {
    sum = add(sum, loadLanes(c, columns));
    c += ldc;
  }
  storeLanes(y, sum, columns);
}

/** y[N] = (y if accumulate) + sum over m of C[m,n] A[m,n]; m ascends. c, a [M,N] rows ldc and lda apart. Thread's share: columns. */
export function columnDot(
  cOffset: i32,
  ldc: i32,
  aOffset: i32,
  lda: i32,
  yOffset: i32,
  m: i32,
  n: i32,
  accumulate: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(n, thread + 1, threads);
  for (let column = firstItem(n, thread, threads); column < end; column += 4) {
    const lanes = min(4, end - column);
    let c = at(cOffset + column);
    let a = at(aOffset + column);
    let sum = accumulate ? loadLanes(at(yOffset + column), lanes) : zero();
    for (let row = 0; row < m; row++) {
      sum = madd(loadLanes(c, lanes), loadLanes(a, lanes), sum);
      c += at(ldc);
      a += at(lda);
    }
    storeLanes(at(yOffset + column), sum, lanes);
  }
}
