import {
  A0,
  A1,
  A2,
  B0,
  B1,
  B2,
  B3,
  constant,
  E2,
  E3,
  E4,
  E5,
  E6,
  HALF,
  HALF_TANH_B,
  HALF_TANH_C,
  LIFT,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  LOWEST,
  NEGATIVE,
  one,
  ROUND,
  TANH_BEGIN,
  TANH_END,
  UNLIFT,
} from '../constants';
import { add, madd, mul, nmadd, sub, zero } from './vector';

/**
 * e^x for x <= 0, at most 1 ulp, denormal results included; NaN stays NaN.
 * x = n ln2 + r, |r| <= ln2 / 2: a polynomial for e^r, times 2^(n+25) (a normal number for every n here), times 2^-25 (rounds once if denormal).
 */
@inline
export function expNegative(x: v128): v128 {
  const inside = f32x4.pmax(x, constant(LOWEST));
  const rounded = madd(inside, constant(LOG2_E), constant(ROUND));
  const n = sub(rounded, constant(ROUND));
  const r = nmadd(n, constant(LN2_LOW), nmadd(n, constant(LN2_HIGH), inside));
  let p = madd(r, constant(E6), constant(E5));
  p = madd(p, r, constant(E4));
  p = madd(p, r, constant(E3));
  p = madd(p, r, constant(E2));
  p = madd(p, r, one());
  p = madd(p, r, one());
  const power = i32x4.add(i32x4.shl(rounded, 23), constant(LIFT));
  return mul(mul(p, power), constant(UNLIFT));
}

/**
 * 1 / (1 + e^-x), at most 3 ulp over all floats, for large negative x too: from e^-|x| = 2^n (q + p) / (q - p), p / q = tanh(r / 2), which never
 * overflows; both sides of the fraction carry 2^25, so that only the quotient may be denormal. NaN stays NaN.
 */
@inline
export function sigmoid(x: v128): v128 {
  const inside = f32x4.pmax(v128.or(x, constant(NEGATIVE)), constant(LOWEST));
  const rounded = madd(inside, constant(LOG2_E), constant(ROUND));
  const n = sub(rounded, constant(ROUND));
  const r = nmadd(n, constant(LN2_LOW), nmadd(n, constant(LN2_HIGH), inside));
  const power = i32x4.add(i32x4.shl(rounded, 23), constant(LIFT));
  const u = mul(r, r);
  const q = madd(u, constant(HALF_TANH_C), one());
  const p = mul(r, madd(u, constant(HALF_TANH_B), constant(HALF)));
  const up = mul(power, add(q, p));
  const down = mul(sub(q, p), constant(LIFT));
  const numerator = f32x4.pmax(up, v128.and(f32x4.ge(x, zero()), down));
  return f32x4.div(numerator, add(down, up));
}

/**
 * tanh x, at most 4 ulp over all floats and never beyond +-1; NaN stays NaN. From tanh(x / 2) = X / Y as 2 X Y / (X^2 + Y^2),
 * which forgives errors of X / Y where tanh x comes near 1.
 */
@inline
export function tanh(x: v128): v128 {
  const inside = f32x4.pmax(f32x4.pmin(x, constant(TANH_END)), constant(TANH_BEGIN));
  const u = mul(inside, inside);
  const p = madd(madd(u, constant(A2), constant(A1)), u, constant(A0));
  const up = mul(inside, p);
  const down = madd(madd(madd(u, constant(B3), constant(B2)), u, constant(B1)), u, constant(B0));
  return f32x4.div(mul(up, add(down, down)), madd(up, up, mul(down, down)));
}

/** ln x of a positive normal number, float64, relative error below 1e-15: enough for one number per row. x = m 2^e; ln m = 2 atanh((m-1)/(m+1)). */
export function log(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  if (bits <= 0 || bits >= 0x7ff0000000000000) return x == 0 ? -Infinity : x > 0 ? x : NaN;
  let exponent = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    exponent++;
  }
  const s = (m - 1) / (m + 1);
  const u = s * s;
  let p = 1.0 / 19;
  p = p * u + 1.0 / 17;
  p = p * u + 1.0 / 15;
  p = p * u + 1.0 / 13;
  p = p * u + 1.0 / 11;
  p = p * u + 1.0 / 9;
  p = p * u + 1.0 / 7;
  p = p * u + 1.0 / 5;
  p = p * u + 1.0 / 3;
  return exponent * 0.6931471805599453 + 2 * (s + s * u * p);
}
