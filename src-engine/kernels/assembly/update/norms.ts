import {
  NORM_CHUNK,
  SETTING_CLIP_MAX,
  SETTING_CLIP_SCALE,
  SETTING_FINITE,
  SETTING_LOSS,
  SETTING_LOSS_LIMIT,
  SETTING_NORM,
} from '../../../ir/opcodes';
import { at, firstItem } from '../split';

/** y[0] = sum of x[0..count), float64, ascending. Thread 0 alone. */
export function sum(x: i32, count: i32, y: i32): void {
  let total: f64 = 0;
  for (let e = 0; e < count; e++) total += load<f32>(at(x + e));
  store<f32>(at(y), <f32>total);
}

/** Sum of squares of x[n] in float64: eight running sums (element modulo 8; a tail's by its place), then those. */
function sumOfSquares(x: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  for (; n >= 8; n -= 8) {
    s0 = addSquares(s0, v128.load_zero<u64>(x));
    s1 = addSquares(s1, v128.load_zero<u64>(x, 8));
    s2 = addSquares(s2, v128.load_zero<u64>(x, 16));
    s3 = addSquares(s3, v128.load_zero<u64>(x, 24));
    x += 32;
  }
  for (; n >= 2; n -= 2) {
    s0 = addSquares(s0, v128.load_zero<u64>(x));
    x += 8;
  }
  if (n > 0) s1 = addSquares(s1, v128.load_zero<u32>(x));
  const both = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/** Two more squares on two sums; x holds two floats in its low half. */
@inline
function addSquares(sums: v128, x: v128): v128 {
  const two = f64x2.promote_low_f32x4(x);
  return f64x2.add(sums, f64x2.mul(two, two));
}

/** partials[j] = sum of squares of chunk j (NORM_CHUNK elements) of x. Thread's share: chunks. */
export function squaredNorm(x: i32, count: i32, partials: i32, thread: i32, threads: i32): void {
  const chunks = (count + NORM_CHUNK - 1) / NORM_CHUNK;
  const end = firstItem(chunks, thread + 1, threads);
  for (let chunk = firstItem(chunks, thread, threads); chunk < end; chunk++) {
    const first = chunk * NORM_CHUNK;
    store<f32>(at(partials + chunk), <f32>sumOfSquares(at(x + first), min(NORM_CHUNK, count - first)));
  }
}

/** y[m] = L2 norm of x[m, 0..n), rows ldx apart. Thread's share: rows. */
export function rowNorms(x: i32, ldx: i32, y: i32, m: i32, n: i32, thread: i32, threads: i32): void {
  const end = firstItem(m, thread + 1, threads);
  for (let row = firstItem(m, thread, threads); row < end; row++) {
    store<f32>(at(y + row), <f32>sqrt<f64>(sumOfSquares(at(x + row * ldx), n)));
  }
}

/** Global norm, clipping factor and whether loss and norm are finite, into the settings. partials [count]. Thread 0 alone. */
export function clip(partials: i32, count: i32, settings: i32): void {
  let total: f64 = 0;
  for (let chunk = 0; chunk < count; chunk++) total += load<f32>(at(partials + chunk));
  const norm = sqrt<f64>(total);
  const most: f64 = load<f32>(at(settings + SETTING_CLIP_MAX));
  const loss = load<f32>(at(settings + SETTING_LOSS));
  store<f32>(at(settings + SETTING_NORM), <f32>norm);
  store<f32>(at(settings + SETTING_CLIP_SCALE), most > 0 && norm > most ? <f32>(most / norm) : 1);
  const limit = load<f32>(at(settings + SETTING_LOSS_LIMIT));
  const within = !(limit > 0 && loss > limit);
  store<f32>(at(settings + SETTING_FINITE), isFinite<f32>(<f32>norm) && isFinite<f32>(loss) && within ? 1 : 0);
}
