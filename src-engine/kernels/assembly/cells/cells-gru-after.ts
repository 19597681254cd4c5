import { blendBackwardRow, blendRow } from './cells-gru';
import { one } from '../constants';
import { addProduct, addRow, copyRow } from '../math/row-arithmetic';
import { sigmoidRow, tanhRow } from '../math/row-math';
import { at, firstItem } from '../split';
import { loadLanes, mul, storeLanes, sub } from '../math/vector';

/**
 * Reset after. gates [B,3H] = x part, hp [B,3H] = h_prev W_hh^T + (0,0,b_hn); r,z = sigmoid(gates + hp), n = tanh(gates_n + r * hp_n), in place in
 * gates; h [B,H] = z * hPrev + (1-z) * n; masked rows: h = hPrev. Thread's share: rows.
 */
export function gruAfterForward(
  gates: i32,
  hp: i32,
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
      const r = at(gates + b * 3 * units);
      const z = r + at(units);
      const n = z + at(units);
      const part = at(hp + b * 3 * units);
      addRow(part, r, 2 * units);
      sigmoidRow(r, r, 2 * units);
      addProduct(r, part + at(2 * units), n, units);
      tanhRow(n, n, units);
      blendRow(z, old, n, at(h + b * units), units);
    } else {
      copyRow(old, at(h + b * units), units);
    }
  }
}

/**
 * gates [B,3H] becomes dpre (dr,dz,dn), hp [B,3H] becomes (dr, dz, dn * r); dhPrev += dh * z. Masked rows: zeros, dhPrev += dh.
 * Thread's share: rows.
 */
export function gruAfterBackward(
  gates: i32,
  hp: i32,
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
    const r = at(gates + b * 3 * units);
    const part = at(hp + b * 3 * units);
    const d = at(dh + b * units);
    if (t < load<i32>(at(lengths + b))) {
      const z = r + at(units);
      const n = z + at(units);
      if (dhPrev) addProduct(d, z, at(dhPrev + b * units), units);
      blendBackwardRow(z, n, d, hPrev ? at(hPrev + b * units) : 0, units);
      resetBackwardRow(r, n, part, part + at(2 * units), units);
      memory.copy(part + at(units), z, at(units));
    } else {
      memory.fill(r, 0, at(3 * units));
      memory.fill(part, 0, at(3 * units));
      if (dhPrev) addRow(d, at(dhPrev + b * units), units);
    }
  }
}

/** From r and dn: r and partR = dn * partN * r (1-r); partN = dn * r. */
function resetBackwardRow(r: usize, dn: usize, partR: usize, partN: usize, units: i32): void {
  for (; units >= 8; units -= 8) {
    const r0 = v128.load(r);
    const r1 = v128.load(r, 16);
    const dnr0 = mul(v128.load(dn), r0);
    const dnr1 = mul(v128.load(dn, 16), r1);
    const dr0 = mul(mul(dnr0, sub(one(), r0)), v128.load(partN));
    const dr1 = mul(mul(dnr1, sub(one(), r1)), v128.load(partN, 16));
    v128.store(r, dr0);
    v128.store(r, dr1, 16);
    v128.store(partR, dr0);
    v128.store(partR, dr1, 16);
    v128.store(partN, dnr0);
    v128.store(partN, dnr1, 16);
    r += 32;
    dn += 32;
    partR += 32;
    partN += 32;
  }
  for (; units > 0; units -= 4) {
    const lanes = min(4, units);
    const r0 = loadLanes(r, lanes);
    const dnr = mul(loadLanes(dn, lanes), r0);
    const dr = mul(mul(dnr, sub(one(), r0)), loadLanes(partN, lanes));
    storeLanes(r, dr, lanes);
    storeLanes(partR, dr, lanes);
    storeLanes(partN, dnr, lanes);
    r += 16;
    dn += 16;
    partR += 16;
    partN += 16;
  }
}
