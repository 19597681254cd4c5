import type { Probe } from '../../train/take-probe.ts';
import type { StepReport } from '../../train/training-run.ts';
import type { LossFrame, ProbeFrame } from '../protocol.ts';

const VERSION = 1;
/** With `rowsOfCell` behind the rest. */
const PROBE_WITH_ROWS = 2;
const PROBE_HEADER_WORDS = 6;
const LOSS_COLUMNS = 5;

/** The bytes that `protocol.ts` describes. `steps` is T of the longest sequence; a shorter batch leaves the rest at 0 (rowsAtStep 0). */
export function encodeProbe(step: number, probe: Probe, steps: number): ProbeFrame {
  const layers = probe.gradientNorm.length;
  const { rowsOfCell } = probe;
  const header = new Uint32Array([rowsOfCell === undefined ? VERSION : PROBE_WITH_ROWS, step, layers, steps, probe.rows, 0]);
  const numbers = new Float32Array((rowsOfCell === undefined ? 3 : 4) * layers * steps + steps);
  const put = (rows: readonly Float32Array[], start: number): void => {
    for (const [layer, values] of rows.entries()) numbers.set(values.subarray(0, steps), start + layer * steps);
  };
  put(probe.gradientNorm, 0);
  put(probe.flow, layers * steps);
  numbers.set(probe.rowsAtStep.subarray(0, steps), 2 * layers * steps);
  const lagStart = 2 * layers * steps + steps;
  numbers.fill(Number.NaN, lagStart, lagStart + layers * steps);
  put(probe.lagFlow, lagStart);
  if (rowsOfCell !== undefined) put(rowsOfCell, lagStart + layers * steps);
  const frame = new Uint8Array(PROBE_HEADER_WORDS * 4 + numbers.byteLength);
  frame.set(new Uint8Array(header.buffer), 0);
  frame.set(new Uint8Array(numbers.buffer), PROBE_HEADER_WORDS * 4);
  return frame;
}

export interface LossPoint {
  readonly report: StepReport;
  readonly learningRate: number;
}

export function encodeLosses(points: readonly LossPoint[]): LossFrame {
  const numbers = new Float64Array(points.length * LOSS_COLUMNS);
  for (const [index, { report, learningRate }] of points.entries()) {
    numbers.set([report.step, report.loss, learningRate, report.norm, report.clipped ? 1 : 0], index * LOSS_COLUMNS);
  }
  const frame = new Uint8Array(8 + numbers.byteLength);
  frame.set(new Uint8Array(new Uint32Array([VERSION, points.length]).buffer), 0);
  frame.set(new Uint8Array(numbers.buffer), 8);
  return frame;
}
