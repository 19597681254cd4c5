import { one } from './constants';
import { addRow, copyRow } from './rows';
import { at, firstItem } from './split';
import { add, loadLanes, madd, mul, nmadd, storeLanes, sub, zero } from './vector';
import { sigmoid, tanh } from './vector-math';

/**
 * gates [B,4H] (i,f,g,o) activated in place; c = f * cPrev + i * g; h = o * tanh(c). peephole 0 or [3H] (w_ci, w_cf, w_co); coupled: i = 1 - f.
 * Masked rows: c = cPrev, h = hPrev. cPrev, c, hPrev, h [B,H]; cPrev, hPrev may be 0. Thread's share: rows.
 */
export function lstmForward(
  gates: i32,
  cPrev: i32,
  c: i32,
  hPrev: i32,
  h: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  peephole: i32,
  coupled: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const row = b * units;
    const old = cPrev ? at(cPrev + row) : 0;
    if (t < load<i32>(at(lengths + b))) {
      const peep = peephole ? at(peephole) : 0;
      if (peep || coupled) forwardRow(at(gates + 4 * row), old, at(c + row), at(h + row), units, peep, coupled);
      else forwardRow(at(gates + 4 * row), old, at(c + row), at(h + row), units, 0, 0);
    } else {
      copyRow(old, at(c + row), units);
      copyRow(hPrev ? at(hPrev + row) : 0, at(h + row), units);
    }
  }
}

@inline
function forwardRow(gate: usize, old: usize, c: usize, h: usize, units: i32, peep: usize, coupled: i32): void {
  const block = at(units);
  let n = units;
  for (; n >= 4; n -= 4) {
    forwardLanes(gate, block, old, c, h, 4, peep, coupled);
    gate += 16;
    c += 16;
    h += 16;
    old = old ? old + 16 : 0;
    peep = peep ? peep + 16 : 0;
  }
  if (n > 0) forwardLanes(gate, block, old, c, h, n, peep, coupled);
}

@inline
function forwardLanes(gate: usize, block: usize, old: usize, c: usize, h: usize, lanes: i32, peep: usize, coupled: i32): void {
  const before = old ? loadLanes(old, lanes) : zero();
  let f = loadLanes(gate + block, lanes);
  if (peep) f = madd(loadLanes(peep + block, lanes), before, f);
  f = sigmoid(f);
  let i: v128;
  if (coupled) {
    i = sub(one(), f);
  } else {
    i = loadLanes(gate, lanes);
    if (peep) i = madd(loadLanes(peep, lanes), before, i);
    i = sigmoid(i);
  }
  const g = tanh(loadLanes(gate + 2 * block, lanes));
  const cell = madd(f, before, mul(i, g));
  let o = loadLanes(gate + 3 * block, lanes);
  if (peep) o = madd(loadLanes(peep + 2 * block, lanes), cell, o);
  o = sigmoid(o);
  storeLanes(gate, i, lanes);
  storeLanes(gate + block, f, lanes);
  storeLanes(gate + 2 * block, g, lanes);
  storeLanes(gate + 3 * block, o, lanes);
  storeLanes(c, cell, lanes);
  storeLanes(h, mul(o, tanh(cell)), lanes);
}

/**
 * gates [B,4H] becomes dpre (coupled: block i zeros); dc [B,H] comes in as dL/dc of this step's c from later steps and leaves as dL/dcPrev.
 * Masked rows: dpre = 0, dc stays, dhPrev += dh. dh, c, cPrev, dhPrev [B,H]; cPrev, dhPrev may be 0. Thread's share: rows.
 */
export function lstmBackward(
  gates: i32,
  dh: i32,
  dc: i32,
  c: i32,
  cPrev: i32,
  dhPrev: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  peephole: i32,
  coupled: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const row = b * units;
    const gate = at(gates + 4 * row);
    if (t < load<i32>(at(lengths + b))) {
      const old = cPrev ? at(cPrev + row) : 0;
      const peep = peephole ? at(peephole) : 0;
      if (peep || coupled) backwardRow(gate, at(dh + row), at(dc + row), at(c + row), old, units, peep, coupled);
      else backwardRow(gate, at(dh + row), at(dc + row), at(c + row), old, units, 0, 0);
    } else {
      memory.fill(gate, 0, at(4 * units));
      if (dhPrev) addRow(at(dh + row), at(dhPrev + row), units);
    }
  }
}

@inline
function backwardRow(gate: usize, dh: usize, dc: usize, c: usize, old: usize, units: i32, peep: usize, coupled: i32): void {
  const block = at(units);
  let n = units;
  for (; n >= 4; n -= 4) {
    backwardLanes(gate, block, dh, dc, c, old, 4, peep, coupled);
    gate += 16;
    dh += 16;
    dc += 16;
    c += 16;
    old = old ? old + 16 : 0;
    peep = peep ? peep + 16 : 0;
  }
  if (n > 0) backwardLanes(gate, block, dh, dc, c, old, n, peep, coupled);
}

@inline
function backwardLanes(gate: usize, block: usize, dh: usize, dc: usize, c: usize, old: usize, lanes: i32, peep: usize, coupled: i32): void {
  const i = loadLanes(gate, lanes);
  const f = loadLanes(gate + block, lanes);
  const g = loadLanes(gate + 2 * block, lanes);
  const o = loadLanes(gate + 3 * block, lanes);
  const before = old ? loadLanes(old, lanes) : zero();
  const squashed = tanh(loadLanes(c, lanes));
  const dho = mul(loadLanes(dh, lanes), o);
  const dOutput = mul(mul(dho, squashed), sub(one(), o));
  let dCell = madd(dho, nmadd(squashed, squashed, one()), loadLanes(dc, lanes));
  if (peep) dCell = madd(dOutput, loadLanes(peep + 2 * block, lanes), dCell);
  const dThroughF = mul(dCell, f);
  const dForget = mul(mul(dThroughF, sub(one(), f)), coupled ? sub(before, g) : before);
  const dThroughI = mul(dCell, i);
  const dInput = coupled ? zero() : mul(mul(dThroughI, sub(one(), i)), g);
  storeLanes(gate, dInput, lanes);
  storeLanes(gate + block, dForget, lanes);
  storeLanes(gate + 2 * block, mul(dThroughI, nmadd(g, g, one())), lanes);
  storeLanes(gate + 3 * block, dOutput, lanes);
  let dOld = dThroughF;
  if (peep) dOld = madd(dForget, loadLanes(peep + block, lanes), madd(dInput, loadLanes(peep, lanes), dOld));
  storeLanes(dc, dOld, lanes);
}
