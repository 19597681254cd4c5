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
import { add, loadLanes, madd, mul, nmadd, splat, storeLanes, sub, sumLanes, zero } from './vector';
import { expNegative, sigmoid, tanh } from './vector-math';

/**
 * sigmoid, tanh and exponentials of whole rows. The same operations as in vector-math.ts, for four vectors in step: one vector's chain of dependent operations is long,
 * and four side by side keep the multipliers busy (sigmoid: 0.7 against 1.1 ns per element).
 */

/** y[n] = sigmoid(x[n]); y may be x. */
export function sigmoidRow(x: usize, y: usize, n: i32): void {
  for (; n >= 16; n -= 16) {
    let k = constant(NEGATIVE);
    let x0 = v128.or(v128.load(x), k);
    let x1 = v128.or(v128.load(x, 16), k);
    let x2 = v128.or(v128.load(x, 32), k);
    let x3 = v128.or(v128.load(x, 48), k);
    k = constant(LOWEST);
    x0 = f32x4.pmax(x0, k);
    x1 = f32x4.pmax(x1, k);
    x2 = f32x4.pmax(x2, k);
    x3 = f32x4.pmax(x3, k);
    k = constant(LOG2_E);
    let l = constant(ROUND);
    let n0 = madd(x0, k, l);
    let n1 = madd(x1, k, l);
    let n2 = madd(x2, k, l);
    let n3 = madd(x3, k, l);
    let p0 = sub(n0, l);
    let p1 = sub(n1, l);
    let p2 = sub(n2, l);
    let p3 = sub(n3, l);
    k = constant(LN2_HIGH);
    x0 = nmadd(p0, k, x0);
    x1 = nmadd(p1, k, x1);
    x2 = nmadd(p2, k, x2);
    x3 = nmadd(p3, k, x3);
    k = constant(LN2_LOW);
    x0 = nmadd(p0, k, x0);
    x1 = nmadd(p1, k, x1);
    x2 = nmadd(p2, k, x2);
    x3 = nmadd(p3, k, x3);
    l = constant(LIFT);
    n0 = i32x4.add(i32x4.shl(n0, 23), l);
    n1 = i32x4.add(i32x4.shl(n1, 23), l);
    n2 = i32x4.add(i32x4.shl(n2, 23), l);
    n3 = i32x4.add(i32x4.shl(n3, 23), l);
    p0 = mul(x0, x0);
    p1 = mul(x1, x1);
    p2 = mul(x2, x2);
    p3 = mul(x3, x3);
    k = constant(HALF_TANH_C);
    let h = one();
    const q0 = madd(p0, k, h);
    const q1 = madd(p1, k, h);
    const q2 = madd(p2, k, h);
    const q3 = madd(p3, k, h);
    k = constant(HALF_TANH_B);
    h = constant(HALF);
    p0 = mul(x0, madd(p0, k, h));
    p1 = mul(x1, madd(p1, k, h));
    p2 = mul(x2, madd(p2, k, h));
    p3 = mul(x3, madd(p3, k, h));
    n0 = mul(n0, add(q0, p0));
    n1 = mul(n1, add(q1, p1));
    n2 = mul(n2, add(q2, p2));
    n3 = mul(n3, add(q3, p3));
    p0 = mul(sub(q0, p0), l);
    p1 = mul(sub(q1, p1), l);
    p2 = mul(sub(q2, p2), l);
    p3 = mul(sub(q3, p3), l);
    const m0 = v128.and(f32x4.ge(v128.load(x), zero()), p0);
    const m1 = v128.and(f32x4.ge(v128.load(x, 16), zero()), p1);
    const m2 = v128.and(f32x4.ge(v128.load(x, 32), zero()), p2);
    const m3 = v128.and(f32x4.ge(v128.load(x, 48), zero()), p3);
    const y0 = f32x4.div(f32x4.pmax(n0, m0), add(p0, n0));
    const y1 = f32x4.div(f32x4.pmax(n1, m1), add(p1, n1));
    const y2 = f32x4.div(f32x4.pmax(n2, m2), add(p2, n2));
    const y3 = f32x4.div(f32x4.pmax(n3, m3), add(p3, n3));
    v128.store(y, y0);
    v128.store(y, y1, 16);
    v128.store(y, y2, 32);
    v128.store(y, y3, 48);
    x += 64;
    y += 64;
  }
  for (; n >= 4; n -= 4) {
    v128.store(y, sigmoid(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (n > 0) storeLanes(y, sigmoid(loadLanes(x, n)), n);
}

/** y[n] = tanh(x[n]); y may be x. */
export function tanhRow(x: usize, y: usize, n: i32): void {
  for (; n >= 16; n -= 16) {
    let k = constant(TANH_END);
    let x0 = f32x4.pmin(v128.load(x), k);
    let x1 = f32x4.pmin(v128.load(x, 16), k);
    let x2 = f32x4.pmin(v128.load(x, 32), k);
    let x3 = f32x4.pmin(v128.load(x, 48), k);
    k = constant(TANH_BEGIN);
    x0 = f32x4.pmax(x0, k);
    x1 = f32x4.pmax(x1, k);
    x2 = f32x4.pmax(x2, k);
    x3 = f32x4.pmax(x3, k);
    const u0 = mul(x0, x0);
    const u1 = mul(x1, x1);
    const u2 = mul(x2, x2);
    const u3 = mul(x3, x3);
    k = constant(A2);
    let l = constant(A1);
    let p0 = madd(u0, k, l);
    let p1 = madd(u1, k, l);
    let p2 = madd(u2, k, l);
    let p3 = madd(u3, k, l);
    k = constant(A0);
    p0 = madd(p0, u0, k);
    p1 = madd(p1, u1, k);
    p2 = madd(p2, u2, k);
    p3 = madd(p3, u3, k);
    x0 = mul(x0, p0);
    x1 = mul(x1, p1);
    x2 = mul(x2, p2);
    x3 = mul(x3, p3);
    k = constant(B3);
    l = constant(B2);
    p0 = madd(u0, k, l);
    p1 = madd(u1, k, l);
    p2 = madd(u2, k, l);
    p3 = madd(u3, k, l);
    k = constant(B1);
    p0 = madd(p0, u0, k);
    p1 = madd(p1, u1, k);
    p2 = madd(p2, u2, k);
    p3 = madd(p3, u3, k);
    k = constant(B0);
    p0 = madd(p0, u0, k);
    p1 = madd(p1, u1, k);
    p2 = madd(p2, u2, k);
    p3 = madd(p3, u3, k);
    const y0 = f32x4.div(mul(x0, add(p0, p0)), madd(x0, x0, mul(p0, p0)));
    const y1 = f32x4.div(mul(x1, add(p1, p1)), madd(x1, x1, mul(p1, p1)));
    const y2 = f32x4.div(mul(x2, add(p2, p2)), madd(x2, x2, mul(p2, p2)));
    const y3 = f32x4.div(mul(x3, add(p3, p3)), madd(x3, x3, mul(p3, p3)));
    v128.store(y, y0);
    v128.store(y, y1, 16);
    v128.store(y, y2, 32);
    v128.store(y, y3, 48);
    x += 64;
    y += 64;
  }
  for (; n >= 4; n -= 4) {
    v128.store(y, tanh(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (n > 0) storeLanes(y, tanh(loadLanes(x, n)), n);
}

/** p[n] = e^(x[n] - most), most the largest of x; returns their sum, by two vectors of running sums (elements modulo 8). p may be x. */
export function exponentialsRow(x: usize, p: usize, n: i32, most: f32): f32 {
  const shift = splat(most);
  let low = zero();
  let high = zero();
  for (; n >= 16; n -= 16) {
    let k = constant(LOWEST);
    let x0 = f32x4.pmax(sub(v128.load(x), shift), k);
    let x1 = f32x4.pmax(sub(v128.load(x, 16), shift), k);
    let x2 = f32x4.pmax(sub(v128.load(x, 32), shift), k);
    let x3 = f32x4.pmax(sub(v128.load(x, 48), shift), k);
    k = constant(LOG2_E);
    let l = constant(ROUND);
    let n0 = madd(x0, k, l);
    let n1 = madd(x1, k, l);
    let n2 = madd(x2, k, l);
    let n3 = madd(x3, k, l);
    let p0 = sub(n0, l);
    let p1 = sub(n1, l);
    let p2 = sub(n2, l);
    let p3 = sub(n3, l);
    k = constant(LN2_HIGH);
    x0 = nmadd(p0, k, x0);
    x1 = nmadd(p1, k, x1);
    x2 = nmadd(p2, k, x2);
    x3 = nmadd(p3, k, x3);
    k = constant(LN2_LOW);
    x0 = nmadd(p0, k, x0);
    x1 = nmadd(p1, k, x1);
    x2 = nmadd(p2, k, x2);
    x3 = nmadd(p3, k, x3);
    l = constant(LIFT);
    n0 = i32x4.add(i32x4.shl(n0, 23), l);
    n1 = i32x4.add(i32x4.shl(n1, 23), l);
    n2 = i32x4.add(i32x4.shl(n2, 23), l);
    n3 = i32x4.add(i32x4.shl(n3, 23), l);
    k = constant(E6);
    l = constant(E5);
    p0 = madd(x0, k, l);
    p1 = madd(x1, k, l);
    p2 = madd(x2, k, l);
    p3 = madd(x3, k, l);
    k = constant(E4);
    p0 = madd(p0, x0, k);
    p1 = madd(p1, x1, k);
    p2 = madd(p2, x2, k);
    p3 = madd(p3, x3, k);
    k = constant(E3);
    p0 = madd(p0, x0, k);
    p1 = madd(p1, x1, k);
    p2 = madd(p2, x2, k);
    p3 = madd(p3, x3, k);
    k = constant(E2);
    p0 = madd(p0, x0, k);
    p1 = madd(p1, x1, k);
    p2 = madd(p2, x2, k);
    p3 = madd(p3, x3, k);
    k = one();
    p0 = madd(p0, x0, k);
    p1 = madd(p1, x1, k);
    p2 = madd(p2, x2, k);
    p3 = madd(p3, x3, k);
    p0 = madd(p0, x0, k);
    p1 = madd(p1, x1, k);
    p2 = madd(p2, x2, k);
    p3 = madd(p3, x3, k);
    k = constant(UNLIFT);
    p0 = mul(mul(p0, n0), k);
    p1 = mul(mul(p1, n1), k);
    p2 = mul(mul(p2, n2), k);
    p3 = mul(mul(p3, n3), k);
    low = add(low, p0);
    high = add(high, p1);
    low = add(low, p2);
    high = add(high, p3);
    v128.store(p, p0);
    v128.store(p, p1, 16);
    v128.store(p, p2, 32);
    v128.store(p, p3, 48);
    x += 64;
    p += 64;
  }
  for (; n >= 4; n -= 4) {
    const e = expNegative(sub(v128.load(x), shift));
    v128.store(p, e);
    low = add(low, e);
    x += 16;
    p += 16;
  }
  if (n > 0) {
    const e = expNegative(sub(loadLanes(x, n), shift));
    storeLanes(p, e, n);
    // What stands in the lanes past n is no element.
    low = add(low, v128.andnot(e, i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(n))));
  }
  return sumLanes(add(low, high));
}
