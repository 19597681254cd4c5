import { one } from '../constants';
import { addProduct, addRow, copyRow, multiplyRows } from '../math/row-arithmetic';
import { sigmoidRow, tanhRow } from '../math/row-math';
import { at, firstItem } from '../split';
import { loadLanes, madd, mul, nmadd, storeLanes, sub, zero } from '../math/vector';

/** Reset before. gates [B,3H] (r,z,n): r,z = sigmoid in place; rh [B,H] = r * hPrev, zeros where hPrev is 0. Thread's share: rows. */
export function gruGatesForward(gates: i32, hPrev: i32, rh: i32, batch: i32, units: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const r = at(gates + b * 3 * units);
    sigmoidRow(r, r, 2 * units);
    if (hPrev) multiplyRows(r, at(hPrev + b * units), at(rh + b * units), units);
    else memory.fill(at(rh + b * units), 0, at(units));
  }
}

/**
 * From drh [B,H]: block r of gates = drh * hPrev * r (1-r), dhPrev += drh * r. Masked rows: 0, nothing added. hPrev, dhPrev [B,H] or 0.
 * Thread's share: rows.
 */
export function gruGatesBackward(
  gates: i32,
  drh: i32,
  hPrev: i32,
  dhPrev: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const r = at(gates + b * 3 * units);
    const d = at(drh + b * units);
    const masked = t >= load<i32>(at(lengths + b));
    if (dhPrev && !masked) addProduct(d, r, at(dhPrev + b * units), units);
    if (hPrev && !masked) gatesBackwardRow(r, d, at(hPrev + b * units), units);
    else memory.fill(r, 0, at(units));
  }
}

/** r = d * old * r (1-r) */
function gatesBackwardRow(r: usize, d: usize, old: usize, n: i32): void {
  for (; n >= 8; n -= 8) {
    const low = gateGradient(v128.load(r), v128.load(d), v128.load(old));
    const high = gateGradient(v128.load(r, 16), v128.load(d, 16), v128.load(old, 16));
    v128.store(r, low);
    v128.store(r, high, 16);
    r += 32;
    d += 32;
    old += 32;
  }
  for (; n > 0; n -= 4) {
    const lanes = min(4, n);
    storeLanes(r, gateGradient(loadLanes(r, lanes), loadLanes(d, lanes), loadLanes(old, lanes)), lanes);
    r += 16;
    d += 16;
    old += 16;
  }
}

@inline
function gateGradient(r: v128, d: v128, old: v128): v128 {
  return mul(mul(mul(d, r), old), sub(one(), r));
}

/** n = tanh in place (block n of gates [B,3H]); h [B,H] = z * hPrev + (1-z) * n; masked rows: h = hPrev. Thread's share: rows. */
export function gruBlendForward(
  gates: i32,
  hPrev: i32,
  h: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const old = hPrev ? at(hPrev + b * units) : 0;
    if (t < load<i32>(at(lengths + b))) {
      const z = at(gates + b * 3 * units + units);
      const n = z + at(units);
      tanhRow(n, n, units);
      blendRow(z, old, n, at(h + b * units), units);
    } else {
      copyRow(old, at(h + b * units), units);
    }
  }
}

/** h[units] = z * old + (1-z) * n; old may be 0. */
export function blendRow(z: usize, old: usize, n: usize, h: usize, units: i32): void {
  if (old) {
    for (; units >= 8; units -= 8) {
      const low = blend(v128.load(z), v128.load(old), v128.load(n));
      const high = blend(v128.load(z, 16), v128.load(old, 16), v128.load(n, 16));
      v128.store(h, low);
      v128.store(h, high, 16);
      z += 32;
      old += 32;
      n += 32;
      h += 32;
    }
  }
  for (; units > 0; units -= 4) {
    const lanes = min(4, units);
    storeLanes(h, blend(loadLanes(z, lanes), old ? loadLanes(old, lanes) : zero(), loadLanes(n, lanes)), lanes);
    z += 16;
    old = old ? old + 16 : 0;
    n += 16;
    h += 16;
  }
}

@inline
function blend(z: v128, old: v128, n: v128): v128 {
  return madd(z, old, mul(sub(one(), z), n));
}

/**
 * dn_pre = dh (1-z)(1-n^2), dz_pre = dh (hPrev - n) z (1-z), in place in blocks n and z of gates [B,3H]; block r stays; dhPrev += dh * z.
 * Masked rows: dn_pre = dz_pre = 0, dhPrev += dh. Thread's share: rows.
 */
export function gruBlendBackward(
  gates: i32,
  dh: i32,
  hPrev: i32,
  dhPrev: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const z = at(gates + b * 3 * units + units);
    const d = at(dh + b * units);
    if (t < load<i32>(at(lengths + b))) {
      if (dhPrev) addProduct(d, z, at(dhPrev + b * units), units);
      blendBackwardRow(z, z + at(units), d, hPrev ? at(hPrev + b * units) : 0, units);
    } else {
      memory.fill(z, 0, at(2 * units));
      if (dhPrev) addRow(d, at(dhPrev + b * units), units);
    }
  }
}

/** In place: z = d (old - n) z (1-z), n = d (1-z)(1-n^2); old may be 0. */
export function blendBackwardRow(z: usize, n: usize, d: usize, old: usize, units: i32): void {
  if (old) {
    for (; units >= 8; units -= 8) {
      const z0 = v128.load(z);
      const z1 = v128.load(z, 16);
      const n0 = v128.load(n);
      const n1 = v128.load(n, 16);
      const keep0 = mul(v128.load(d), sub(one(), z0));
      const keep1 = mul(v128.load(d, 16), sub(one(), z1));
      const dz0 = mul(mul(keep0, z0), sub(v128.load(old), n0));
      const dz1 = mul(mul(keep1, z1), sub(v128.load(old, 16), n1));
      const dn0 = mul(keep0, nmadd(n0, n0, one()));
      const dn1 = mul(keep1, nmadd(n1, n1, one()));
      v128.store(z, dz0);
      v128.store(z, dz1, 16);
      v128.store(n, dn0);
      v128.store(n, dn1, 16);
      z += 32;
      n += 32;
      d += 32;
      old += 32;
    }
  }
  for (; units > 0; units -= 4) {
    const lanes = min(4, units);
    const z0 = loadLanes(z, lanes);
    const n0 = loadLanes(n, lanes);
    const keep = mul(loadLanes(d, lanes), sub(one(), z0));
    storeLanes(z, mul(mul(keep, z0), sub(old ? loadLanes(old, lanes) : zero(), n0)), lanes);
    storeLanes(n, mul(keep, nmadd(n0, n0, one())), lanes);
    z += 16;
    n += 16;
    d += 16;
    old = old ? old + 16 : 0;
  }
}
