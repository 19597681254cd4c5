/** The two binary frames of `session/protocol.ts`, read into typed arrays. A frame that does not add up is a bug and throws. */

/** Points of a run, one array per quantity, n entries each. */
export interface LossPoints {
  readonly step: Float64Array;
  readonly trainLoss: Float64Array;
  readonly learningRate: Float64Array;
  /** Global norm before clipping. */
  readonly gradientNorm: Float64Array;
  /** 1 where the update was clipped. */
  readonly clipped: Float64Array;
}

/** One probe of one training step: L layers (as in `OpenReply.probeLayers`), T steps, row-major. */
export interface Probe {
  readonly step: number;
  readonly layers: number;
  readonly steps: number;
  /** Rows in the probed batch. */
  readonly rows: number;
  /** [L,T] mean over all rows of the L2 norm of dL/dh_t; a row shorter than t counts as 0. */
  readonly gradientNorm: Float32Array;
  /** [L,T] the same with only the last step's loss. */
  readonly flow: Float32Array;
  /** [T] rows long enough to have that step. */
  readonly rowsAtStep: Float32Array;
  /** [L,T] flow by distance from each row's loss step; index 0 is the loss step itself. */
  readonly lagFlow: Float32Array;
  /** [L,T] rows that have the step of the layer's own sequence (a decoder's is the target); left out where that is `rowsAtStep` for all. */
  readonly rowsOfCell?: Float32Array;
}

const lossHeaderBytes = 8;
const lossColumns = 5;
const probeHeaderBytes = 24;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function demand(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

export function decodeLossFrame(bytes: Uint8Array): LossPoints {
  demand(bytes.byteLength >= lossHeaderBytes, `a loss frame of ${String(bytes.byteLength)} bytes has no header`);
  const view = viewOf(bytes);
  demand(view.getUint32(0, true) === 1, `loss frame of unknown version ${String(view.getUint32(0, true))}`);
  const n = view.getUint32(4, true);
  const expected = lossHeaderBytes + n * lossColumns * 8;
  demand(bytes.byteLength === expected, `a loss frame of ${String(n)} points must have ${String(expected)} bytes, not ${String(bytes.byteLength)}`);
  const column = (index: number): Float64Array =>
    Float64Array.from({ length: n }, (_, row) => view.getFloat64(lossHeaderBytes + (row * lossColumns + index) * 8, true));
  return { step: column(0), trainLoss: column(1), learningRate: column(2), gradientNorm: column(3), clipped: column(4) };
}

export function decodeProbeFrame(bytes: Uint8Array): Probe {
  demand(bytes.byteLength >= probeHeaderBytes, `a probe frame of ${String(bytes.byteLength)} bytes has no header`);
  const view = viewOf(bytes);
  const word = (index: number): number => view.getUint32(index * 4, true);
  const version = word(0);
  demand(version === 1 || version === 2, `probe frame of unknown version ${String(version)}`);
  const layers = word(2);
  const steps = word(3);
  const expected = probeHeaderBytes + ((version + 2) * layers + 1) * steps * 4;
  demand(
    bytes.byteLength === expected,
    `a probe frame of ${String(layers)} layers and ${String(steps)} steps must have ${String(expected)} bytes, not ${String(bytes.byteLength)}`,
  );
  let offset = probeHeaderBytes;
  const take = (length: number): Float32Array => {
    const start = offset;
    offset += length * 4;
    return Float32Array.from({ length }, (_, index) => view.getFloat32(start + index * 4, true));
  };
  const gradientNorm = take(layers * steps);
  const flow = take(layers * steps);
  const rowsAtStep = take(steps);
  const lagFlow = take(layers * steps);
  const probe = { step: word(1), layers, steps, rows: word(4), gradientNorm, flow, rowsAtStep, lagFlow };
  return version === 1 ? probe : { ...probe, rowsOfCell: take(layers * steps) };
}
