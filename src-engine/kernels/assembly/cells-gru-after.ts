import { blend } from './cells-gru';
import { one } from './constants';
import { addRow, copyRow } from './rows';
import { at, firstItem } from './split';
import { add, loadLanes, madd, mul, nmadd, storeLanes, sub, zero } from './vector';
import { sigmoid, tanh } from './vector-math';

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
    let old = hPrev ? at(hPrev + b * units) : 0;
    let out = at(h + b * units);
    if (t >= load<i32>(at(lengths + b))) {
      copyRow(old, out, units);
      continue;
    }
    let gate = at(gates + b * 3 * units);
    let part = at(hp + b * 3 * units);
    let n = units;
    for (; n >= 4; n -= 4) {
      afterForward(gate, part, at(units), old, out, 4);
      gate += 16;
      part += 16;
      out += 16;
      old = old ? old + 16 : 0;
    }
    if (n > 0) afterForward(gate, part, at(units), old, out, n);
  }
}

@inline
function afterForward(gate: usize, part: usize, block: usize, old: usize, out: usize, lanes: i32): void {
  const r = sigmoid(add(loadLanes(gate, lanes), loadLanes(part, lanes)));
  const z = sigmoid(add(loadLanes(gate + block, lanes), loadLanes(part + block, lanes)));
  const n = tanh(madd(r, loadLanes(part + 2 * block, lanes), loadLanes(gate + 2 * block, lanes)));
  storeLanes(gate, r, lanes);
  storeLanes(gate + block, z, lanes);
  storeLanes(gate + 2 * block, n, lanes);
  storeLanes(out, blend(z, old ? loadLanes(old, lanes) : zero(), n), lanes);
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
    let gate = at(gates + b * 3 * units);
    let part = at(hp + b * 3 * units);
    let d = at(dh + b * units);
    let old = hPrev ? at(hPrev + b * units) : 0;
    let dOld = dhPrev ? at(dhPrev + b * units) : 0;
    if (t >= load<i32>(at(lengths + b))) {
      memory.fill(gate, 0, at(3 * units));
      memory.fill(part, 0, at(3 * units));
      if (dOld) addRow(d, dOld, units);
      continue;
    }
    let n = units;
    for (; n >= 4; n -= 4) {
      afterBackward(gate, part, at(units), d, old, dOld, 4);
      gate += 16;
      part += 16;
      d += 16;
      old = old ? old + 16 : 0;
      dOld = dOld ? dOld + 16 : 0;
    }
    if (n > 0) afterBackward(gate, part, at(units), d, old, dOld, n);
  }
}

@inline
function afterBackward(gate: usize, part: usize, block: usize, d: usize, old: usize, dOld: usize, lanes: i32): void {
  const r = loadLanes(gate, lanes);
  const z = loadLanes(gate + block, lanes);
  const n = loadLanes(gate + 2 * block, lanes);
  const dh = loadLanes(d, lanes);
  const dKeep = mul(dh, sub(one(), z));
  const dn = mul(dKeep, nmadd(n, n, one()));
  const dnr = mul(dn, r);
  const dr = mul(mul(dnr, sub(one(), r)), loadLanes(part + 2 * block, lanes));
  const dz = mul(mul(dKeep, z), sub(old ? loadLanes(old, lanes) : zero(), n));
  storeLanes(gate, dr, lanes);
  storeLanes(gate + block, dz, lanes);
  storeLanes(gate + 2 * block, dn, lanes);
  storeLanes(part, dr, lanes);
  storeLanes(part + block, dz, lanes);
  storeLanes(part + 2 * block, dnr, lanes);
  if (dOld) storeLanes(dOld, madd(dh, z, loadLanes(dOld, lanes)), lanes);
}
