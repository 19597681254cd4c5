import { at, firstItem } from './split';
import { add, loadLanes, madd, mul, splat, storeLanes } from './vector';

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

/** dst[n] += scale * src[n] */
export function addScaled(src: usize, dst: usize, n: i32, scale: v128): void {
  for (; n >= 4; n -= 4) {
    v128.store(dst, madd(scale, v128.load(src), v128.load(dst)));
    src += 16;
    dst += 16;
  }
  if (n > 0) storeLanes(dst, madd(scale, loadLanes(src, n), loadLanes(dst, n)), n);
}

/** dst[n] = scale * src[n]; dst may be src. */
export function copyScaled(src: usize, dst: usize, n: i32, scale: v128): void {
  for (; n >= 4; n -= 4) {
    v128.store(dst, mul(scale, v128.load(src)));
    src += 16;
    dst += 16;
  }
  if (n > 0) storeLanes(dst, mul(scale, loadLanes(src, n)), n);
}

/** dst[n] += src[n] */
export function addRow(src: usize, dst: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(dst, add(v128.load(dst), v128.load(src)));
    src += 16;
    dst += 16;
  }
  if (n > 0) storeLanes(dst, add(loadLanes(dst, n), loadLanes(src, n)), n);
}

/** dst[n] = src[n], or zeros where src is 0. */
export function copyRow(src: usize, dst: usize, n: i32): void {
  if (src) memory.copy(dst, src, at(n));
  else memory.fill(dst, 0, at(n));
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
