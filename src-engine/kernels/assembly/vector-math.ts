import { add, madd, mul, nmadd, splat, sub } from './vector';

const LOG2_E: f32 = 1.44269504;
/** ln 2 in two parts: the first has 9 bits, so that n * LN2_HIGH is exact for every exponent n. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
/** 1.5 * 2^23: adding it rounds to the nearest whole number, which then stands in the low bits. */
const ROUND: f32 = 12582912.0;

/** 2^n for whole n in -126..127 (lanes of int32). */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/**
 * e^x, at most 1 ulp over all floats, denormal results included. Above 88.73 infinity, below -103.98 zero; NaN stays NaN.
 * x = n ln2 + r, |r| <= ln2 / 2; a polynomial for e^r (Cephes, Moshier); 2^n in two factors, so that denormal results round once.
 */
@inline
export function exp(x: v128): v128 {
  const inside = f32x4.pmax(f32x4.pmin(x, splat(89.0)), splat(-105.0));
  const rounded = madd(inside, splat(LOG2_E), splat(ROUND));
  const n = sub(rounded, splat(ROUND));
  const r = nmadd(n, splat(LN2_LOW), nmadd(n, splat(LN2_HIGH), inside));
  let p = madd(r, splat(1.9875691500e-4), splat(1.3981999507e-3));
  p = madd(p, r, splat(8.3334519073e-3));
  p = madd(p, r, splat(4.1665795894e-2));
  p = madd(p, r, splat(1.6666665459e-1));
  p = madd(p, r, splat(5.0000001201e-1));
  p = add(madd(p, mul(r, r), r), splat(1.0));
  const whole = i32x4.sub(rounded, i32x4.splat(0x4b400000));
  const half = i32x4.shr_s(whole, 1);
  return mul(mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** 1 / (1 + e^-x), at most 3 ulp over all floats, for large negative x too: computed from e^-|x|, which never overflows. NaN stays NaN. */
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(v128.or(x, i32x4.splat(0x80000000)));
  const numerator = v128.bitselect(splat(1.0), e, f32x4.ge(x, splat(0.0)));
  return f32x4.div(numerator, add(e, splat(1.0)));
}

/**
 * tanh x, at most 3 ulp over all floats, relative accuracy kept near 0 (tanh of a denormal is itself); +-1 beyond 9.02; NaN stays NaN.
 * x P(x^2) / Q(x^2), both of degree 4, minimax relative error 2.2e-8 on [-9.02, 9.02].
 */
@inline
export function tanh(x: v128): v128 {
  const inside = f32x4.pmax(f32x4.pmin(x, splat(9.02)), splat(-9.02));
  const u = mul(inside, inside);
  let p = madd(u, splat(1.3319112871401444e-8), splat(2.0583517752373804e-5));
  p = madd(p, u, splat(0.0034940370739618364));
  p = madd(p, u, splat(0.1337972015517846));
  p = madd(p, u, splat(1.0));
  let q = madd(u, splat(7.762038256397034e-7), splat(0.00032830967430390513));
  q = madd(q, u, splat(0.025871083069049863));
  q = madd(q, u, splat(0.4671303539919655));
  q = madd(q, u, splat(1.0));
  return f32x4.div(mul(inside, p), q);
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
