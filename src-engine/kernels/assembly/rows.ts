import { addScaled, copyScaled } from './math/row-arithmetic';
import { at, firstItem } from './split';
import { splat, storeLanes } from './math/vector';

/** dst[m, 0..n) = (dst if accumulate) + scale * src[m, 0..n); rows lds and ldd apart. Thread's share: rows. */
export function copyColumns(
  srcOffset: i32,
  lds: i32,
  dstOffset: i32,
  ldd: i32,
  m: i32,
  n: i32,
  accumulate: i32,
  scale: f32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    const src = at(srcOffset + row * lds);
    const dst = at(dstOffset + row * ldd);
    if (accumulate) addScaled(src, dst, n, splat(scale));
    else if (scale == 1) memory.copy(dst, src, at(n));
    else copyScaled(src, dst, n, splat(scale));
  }
}

/** x[0..count) = value. Thread's share: elements. */
export function fill(xOffset: i32, count: i32, value: f32, thread: i32, threads: i32): void {
  const begin = firstItem(count, thread, threads);
  let n = firstItem(count, thread + 1, threads) - begin;
  let x = at(xOffset + begin);
  if (reinterpret<i32>(value) == 0) {
    memory.fill(x, 0, at(n));
    return;
  }
  for (; n >= 4; n -= 4) {
    v128.store(x, splat(value));
    x += 16;
  }
  if (n > 0) storeLanes(x, splat(value), n);
}

/** x[0..count) *= value. Thread's share: elements. */
export function scale(xOffset: i32, count: i32, value: f32, thread: i32, threads: i32): void {
  const begin = firstItem(count, thread, threads);
  const x = at(xOffset + begin);
  copyScaled(x, x, firstItem(count, thread + 1, threads) - begin, splat(value));
}
