import { describe, expect, it } from 'vitest';
import { decodeLossFrame, decodeProbeFrame } from '../../src-engine/history/decode-frames.ts';

function lossFrame(rows: readonly (readonly number[])[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 + rows.length * 40));
  view.setUint32(0, 1, true);
  view.setUint32(4, rows.length, true);
  rows.flat().forEach((value, index) => {
    view.setFloat64(8 + index * 8, value, true);
  });
  return new Uint8Array(view.buffer);
}

function probeFrame(header: readonly number[], floats: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(24 + floats.length * 4));
  header.forEach((value, index) => {
    view.setUint32(index * 4, value, true);
  });
  floats.forEach((value, index) => {
    view.setFloat32(24 + index * 4, value, true);
  });
  return new Uint8Array(view.buffer);
}

/** The same bytes where no typed array could stand, as they come behind the code byte of a binary message. */
function unaligned(bytes: Uint8Array): Uint8Array {
  const shifted = new Uint8Array(bytes.byteLength + 1);
  shifted.set(bytes, 1);
  return shifted.subarray(1);
}

describe('decodeLossFrame', () => {
  it('reads the columns, NaN and Infinity included', () => {
    const points = decodeLossFrame(
      unaligned(
        lossFrame([
          [1, 0.7, 0.01, 2, 0],
          [2, Number.NaN, 0.01, Number.POSITIVE_INFINITY, 1],
        ]),
      ),
    );
    expect([...points.step]).toEqual([1, 2]);
    expect([...points.trainLoss]).toEqual([0.7, Number.NaN]);
    expect([...points.learningRate]).toEqual([0.01, 0.01]);
    expect([...points.gradientNorm]).toEqual([2, Number.POSITIVE_INFINITY]);
    expect([...points.clipped]).toEqual([0, 1]);
  });

  it('refuses a frame of another version or of the wrong length', () => {
    const frame = lossFrame([[1, 2, 3, 4, 5]]);
    expect(() => decodeLossFrame(frame.subarray(0, 40))).toThrow('48 bytes');
    frame[0] = 2;
    expect(() => decodeLossFrame(frame)).toThrow('version 2');
    expect(() => decodeLossFrame(new Uint8Array(3))).toThrow('no header');
  });
});

describe('decodeProbeFrame', () => {
  it('reads the four arrays in their order', () => {
    const frame = probeFrame([1, 40, 2, 2, 16, 0], [1, 2, 3, 4, 5, 6, 7, 8, 16, 9, 11, 12, 13, 14]);
    const probe = decodeProbeFrame(unaligned(frame));
    expect(probe).toMatchObject({ step: 40, layers: 2, steps: 2, rows: 16 });
    expect([...probe.gradientNorm]).toEqual([1, 2, 3, 4]);
    expect([...probe.flow]).toEqual([5, 6, 7, 8]);
    expect([...probe.rowsAtStep]).toEqual([16, 9]);
    expect([...probe.lagFlow]).toEqual([11, 12, 13, 14]);
  });

  it('reads the rows of each layer where the frame has them', () => {
    const frame = probeFrame([2, 40, 2, 2, 16, 0], [1, 2, 3, 4, 5, 6, 7, 8, 16, 9, 11, 12, 13, 14, 16, 3, 9, 0]);
    const probe = decodeProbeFrame(frame);
    expect([...probe.lagFlow]).toEqual([11, 12, 13, 14]);
    expect([...probe.rowsOfCell!]).toEqual([16, 3, 9, 0]);
    expect(() => decodeProbeFrame(probeFrame([3, 1, 1, 1, 1, 0], [0, 0, 0, 0]))).toThrow('version 3');
  });

  it('refuses a frame whose length does not follow from its sizes', () => {
    expect(() => decodeProbeFrame(probeFrame([1, 1, 1, 3, 1, 0], [0, 0]))).toThrow('must have 72 bytes');
  });
});
