/** Four float32 lanes at a time. A tail of fewer than four elements goes through the same lanes, padded: same operations, same bits. */

/** a * b + c, one multiply-add in the relaxed build, product and sum in the plain one. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (RELAXED) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** c - a * b */
@inline
export function nmadd(a: v128, b: v128, c: v128): v128 {
  if (RELAXED) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

@inline
export function zero(): v128 {
  return i64x2.splat(0);
}

@inline
export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

@inline
export function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

@inline
export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

/** `count` floats at p (4: all lanes); lanes past it are 0. */
@inline
export function loadLanes(p: usize, count: i32): v128 {
  if (count == 4) return v128.load(p);
  return loadTail(p, count);
}

/** The first `count` lanes of x to p. */
@inline
export function storeLanes(p: usize, x: v128, count: i32): void {
  if (count == 4) v128.store(p, x);
  else storeTail(p, x, count);
}

export function loadTail(p: usize, count: i32): v128 {
  if (count <= 0) return zero();
  if (count >= 4) return v128.load(p);
  if (count == 1) return v128.load_zero<u32>(p);
  const two = v128.load_zero<u64>(p);
  return count == 2 ? two : v128.load_lane<u32>(p, two, 2, 8);
}

export function storeTail(p: usize, x: v128, count: i32): void {
  if (count <= 0) return;
  if (count >= 4) {
    v128.store(p, x);
    return;
  }
  if (count == 1) {
    v128.store_lane<u32>(p, x, 0);
    return;
  }
  v128.store_lane<u64>(p, x, 0);
  if (count == 3) v128.store_lane<u32>(p, x, 2, 8);
}

/** Lanes (0 + 2) + (1 + 3). */
@inline
export function sumLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3));
}

/** The larger of each lane; b's NaN is dropped, a's stays. */
@inline
export function larger(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}
