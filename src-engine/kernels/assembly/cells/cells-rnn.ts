import { activateRow, activateRowBackward } from '../activations';
import { addRow, copyRow } from '../math/row-arithmetic';
import { at, firstItem } from '../split';

/** h = phi(pre); masked rows: h = hPrev. pre, hPrev, h [B,H], lengths int32 [B]. Thread's share: rows. */
export function rnnForward(
  pre: i32,
  hPrev: i32,
  h: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  activation: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const row = b * units;
    if (t < load<i32>(at(lengths + b))) activateRow(at(pre + row), at(h + row), units, activation);
    else copyRow(hPrev ? at(hPrev + row) : 0, at(h + row), units);
  }
}

/** dpre = dh phi'(h); masked rows: dpre = 0, dhPrev += dh. All [B,H]; dhPrev may be 0. Thread's share: rows. */
export function rnnBackward(
  dh: i32,
  h: i32,
  dpre: i32,
  dhPrev: i32,
  lengths: i32,
  t: i32,
  batch: i32,
  units: i32,
  activation: i32,
  thread: i32,
  threads: i32,
): void {
  const end = firstItem(batch, thread + 1, threads);
  for (let b = firstItem(batch, thread, threads); b < end; b++) {
    const row = b * units;
    if (t < load<i32>(at(lengths + b))) {
      activateRowBackward(at(h + row), at(dh + row), at(dpre + row), units, activation, 0);
    } else {
      memory.fill(at(dpre + row), 0, at(units));
      if (dhPrev) addRow(at(dh + row), at(dhPrev + row), units);
    }
  }
}
