import { one } from './constants';
import { addRow, copyRow } from './rows';
import { at, firstItem } from './split';
import { add, loadLanes, madd, mul, nmadd, storeLanes, sub, zero } from './vector';
import { sigmoid, tanh } from './vector-math';

/** Reset before. gates [B,3H] (r,z,n): r,z = sigmoid in place; rh [B,H] = r * hPrev, zeros where hPrev is 0. Thread's share: rows. */
export function gruGatesForward(gates: i32, hPrev: i32, rh: i32, batch: i32, units: i32, thread: i32, threads: i32): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    let r = at(gates + b * 3 * units);
    let z = r + at(units);
    let old = hPrev ? at(hPrev + b * units) : 0;
    let out = at(rh + b * units);
    let n = units;
    for (; n >= 4; n -= 4) {
      gatesForward(r, z, old, out, 4);
      r += 16;
      z += 16;
      out += 16;
      old = old ? old + 16 : 0;
    }
    if (n > 0) gatesForward(r, z, old, out, n);
  }
}

@inline
function gatesForward(r: usize, z: usize, old: usize, out: usize, lanes: i32): void {
  const reset = sigmoid(loadLanes(r, lanes));
  storeLanes(r, reset, lanes);
  storeLanes(z, sigmoid(loadLanes(z, lanes)), lanes);
  storeLanes(out, old ? mul(reset, loadLanes(old, lanes)) : zero(), lanes);
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
    let r = at(gates + b * 3 * units);
    if (t >= load<i32>(at(lengths + b))) {
      memory.fill(r, 0, at(units));
      continue;
    }
    let d = at(drh + b * units);
    let old = hPrev ? at(hPrev + b * units) : 0;
    let dOld = dhPrev ? at(dhPrev + b * units) : 0;
    let n = units;
    for (; n >= 4; n -= 4) {
      gatesBackward(r, d, old, dOld, 4);
      r += 16;
      d += 16;
      old = old ? old + 16 : 0;
      dOld = dOld ? dOld + 16 : 0;
    }
    if (n > 0) gatesBackward(r, d, old, dOld, n);
  }
}

@inline
function gatesBackward(r: usize, d: usize, old: usize, dOld: usize, lanes: i32): void {
  const reset = loadLanes(r, lanes);
  const dr = mul(loadLanes(d, lanes), reset);
  storeLanes(r, old ? mul(mul(dr, loadLanes(old, lanes)), sub(one(), reset)) : zero(), lanes);
  if (dOld) storeLanes(dOld, add(loadLanes(dOld, lanes), dr), lanes);
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
    let old = hPrev ? at(hPrev + b * units) : 0;
    let out = at(h + b * units);
    if (t >= load<i32>(at(lengths + b))) {
      copyRow(old, out, units);
      continue;
    }
    let z = at(gates + b * 3 * units + units);
    let candidate = z + at(units);
    let n = units;
    for (; n >= 4; n -= 4) {
      blendForward(z, candidate, old, out, 4);
      z += 16;
      candidate += 16;
      out += 16;
      old = old ? old + 16 : 0;
    }
    if (n > 0) blendForward(z, candidate, old, out, n);
  }
}

@inline
function blendForward(z: usize, candidate: usize, old: usize, out: usize, lanes: i32): void {
  const n = tanh(loadLanes(candidate, lanes));
  storeLanes(candidate, n, lanes);
  storeLanes(out, blend(loadLanes(z, lanes), old ? loadLanes(old, lanes) : zero(), n), lanes);
}

/** z * old + (1-z) * n */
@inline
export function blend(z: v128, old: v128, n: v128): v128 {
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
    let z = at(gates + b * 3 * units + units);
    let candidate = z + at(units);
    let d = at(dh + b * units);
    let old = hPrev ? at(hPrev + b * units) : 0;
    let dOld = dhPrev ? at(dhPrev + b * units) : 0;
    if (t >= load<i32>(at(lengths + b))) {
      memory.fill(z, 0, at(2 * units));
      if (dOld) addRow(d, dOld, units);
      continue;
    }
    let n = units;
    for (; n >= 4; n -= 4) {
      blendBackward(z, candidate, d, old, dOld, 4);
      z += 16;
      candidate += 16;
      d += 16;
      old = old ? old + 16 : 0;
      dOld = dOld ? dOld + 16 : 0;
    }
    if (n > 0) blendBackward(z, candidate, d, old, dOld, n);
  }
}

@inline
function blendBackward(z: usize, candidate: usize, d: usize, old: usize, dOld: usize, lanes: i32): void {
  const update = loadLanes(z, lanes);
  const n = loadLanes(candidate, lanes);
  const dh = loadLanes(d, lanes);
  const dKeep = mul(dh, sub(one(), update));
  storeLanes(candidate, mul(dKeep, nmadd(n, n, one())), lanes);
  storeLanes(z, mul(mul(dKeep, update), sub(old ? loadLanes(old, lanes) : zero(), n)), lanes);
  if (dOld) storeLanes(dOld, madd(dh, update, loadLanes(dOld, lanes)), lanes);
}
