import { one } from '../constants';
import { addProduct, addRow, copyRow, multiplyRows } from '../math/row-arithmetic';
import { sigmoidRow, tanhRow } from '../math/row-math';
import { at, firstItem } from '../split';
import { loadLanes, madd, mul, nmadd, storeLanes, sub, zero } from '../math/vector';
import { tanh } from '../math/vector-math';

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
      forwardRow(at(gates + 4 * row), old, at(c + row), at(h + row), units, peephole ? at(peephole) : 0, coupled);
    } else {
      copyRow(old, at(c + row), units);
      copyRow(hPrev ? at(hPrev + row) : 0, at(h + row), units);
    }
  }
}

function forwardRow(i: usize, old: usize, c: usize, h: usize, units: i32, peep: usize, coupled: i32): void {
  const f = i + at(units);
  const g = f + at(units);
  const o = g + at(units);
  if (peep && old) {
    if (!coupled) addProduct(peep, old, i, units);
    addProduct(peep + at(units), old, f, units);
  }
  if (coupled) sigmoidRow(f, f, units);
  else sigmoidRow(i, i, 2 * units);
  if (coupled) complementRow(f, i, units);
  tanhRow(g, g, units);
  cellRow(i, f, g, old, c, units);
  if (peep) addProduct(peep + at(2 * units), c, o, units);
  sigmoidRow(o, o, units);
  tanhRow(c, h, units);
  multiplyRows(o, h, h, units);
}

/** i[units] = 1 - f */
function complementRow(f: usize, i: usize, units: i32): void {
  for (; units > 0; units -= 4) {
    const lanes = min(4, units);
    storeLanes(i, sub(one(), loadLanes(f, lanes)), lanes);
    f += 16;
    i += 16;
  }
}

/** c[units] = f * old + i * g; old may be 0. */
function cellRow(i: usize, f: usize, g: usize, old: usize, c: usize, units: i32): void {
  if (!old) {
    multiplyRows(i, g, c, units);
    return;
  }
  for (; units >= 8; units -= 8) {
    const low = madd(v128.load(f), v128.load(old), mul(v128.load(i), v128.load(g)));
    const high = madd(v128.load(f, 16), v128.load(old, 16), mul(v128.load(i, 16), v128.load(g, 16)));
    v128.store(c, low);
    v128.store(c, high, 16);
    i += 32;
    f += 32;
    g += 32;
    old += 32;
    c += 32;
  }
  for (; units > 0; units -= 4) {
    const lanes = min(4, units);
    storeLanes(c, madd(loadLanes(f, lanes), loadLanes(old, lanes), mul(loadLanes(i, lanes), loadLanes(g, lanes))), lanes);
    i += 16;
    f += 16;
    g += 16;
    old += 16;
    c += 16;
  }
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
      if (old && !peephole && !coupled) backwardRow(gate, at(dh + row), at(dc + row), at(c + row), old, units);
      else backwardRowWithOptions(gate, at(dh + row), at(dc + row), at(c + row), old, units, peephole ? at(peephole) : 0, coupled);
    } else {
      memory.fill(gate, 0, at(4 * units));
      if (dhPrev) addRow(at(dh + row), at(dhPrev + row), units);
    }
  }
}

/** Of a step that has one before it, with neither peephole nor coupling: eight units at a time. */
function backwardRow(i: usize, dh: usize, dc: usize, c: usize, old: usize, units: i32): void {
  const block = at(units);
  for (; units >= 8; units -= 8) {
    const f = i + block;
    const g = f + block;
    const o = g + block;
    const t0 = tanh(v128.load(c));
    const t1 = tanh(v128.load(c, 16));
    const o0 = v128.load(o);
    const o1 = v128.load(o, 16);
    const dho0 = mul(v128.load(dh), o0);
    const dho1 = mul(v128.load(dh, 16), o1);
    const do0 = mul(mul(dho0, t0), sub(one(), o0));
    const do1 = mul(mul(dho1, t1), sub(one(), o1));
    const dc0 = madd(dho0, nmadd(t0, t0, one()), v128.load(dc));
    const dc1 = madd(dho1, nmadd(t1, t1, one()), v128.load(dc, 16));
    const f0 = v128.load(f);
    const f1 = v128.load(f, 16);
    const dcf0 = mul(dc0, f0);
    const dcf1 = mul(dc1, f1);
    const df0 = mul(mul(dcf0, sub(one(), f0)), v128.load(old));
    const df1 = mul(mul(dcf1, sub(one(), f1)), v128.load(old, 16));
    const i0 = v128.load(i);
    const i1 = v128.load(i, 16);
    const dci0 = mul(dc0, i0);
    const dci1 = mul(dc1, i1);
    const g0 = v128.load(g);
    const g1 = v128.load(g, 16);
    const di0 = mul(mul(dci0, sub(one(), i0)), g0);
    const di1 = mul(mul(dci1, sub(one(), i1)), g1);
    const dg0 = mul(dci0, nmadd(g0, g0, one()));
    const dg1 = mul(dci1, nmadd(g1, g1, one()));
    v128.store(i, di0);
    v128.store(i, di1, 16);
    v128.store(f, df0);
    v128.store(f, df1, 16);
    v128.store(g, dg0);
    v128.store(g, dg1, 16);
    v128.store(o, do0);
    v128.store(o, do1, 16);
    v128.store(dc, dcf0);
    v128.store(dc, dcf1, 16);
    i += 32;
    dh += 32;
    dc += 32;
    c += 32;
    old += 32;
  }
  for (; units > 0; units -= 4) {
    backwardLanes(i, block, dh, dc, c, old, min(4, units), 0, 0);
    i += 16;
    dh += 16;
    dc += 16;
    c += 16;
    old += 16;
  }
}

function backwardRowWithOptions(i: usize, dh: usize, dc: usize, c: usize, old: usize, units: i32, peep: usize, coupled: i32): void {
  const block = at(units);
  for (; units > 0; units -= 4) {
    backwardLanes(i, block, dh, dc, c, old, min(4, units), peep, coupled);
    i += 16;
    dh += 16;
    dc += 16;
    c += 16;
    old = old ? old + 16 : 0;
    peep = peep ? peep + 16 : 0;
  }
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
