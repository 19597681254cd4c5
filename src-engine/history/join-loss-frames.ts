/** Bytes before the points of a loss frame: its version and how many points there are, two words. */
const HEADER_BYTES = 8;

/** Two loss frames (`decodeLossFrame`) as one: the points of the second follow those of the first. */
export function joinLossFrames(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length - HEADER_BYTES);
  joined.set(first);
  joined.set(second.subarray(HEADER_BYTES), first.length);
  const count = (frame: Uint8Array): number => new DataView(frame.buffer, frame.byteOffset).getUint32(4, true);
  new DataView(joined.buffer).setUint32(4, count(first) + count(second), true);
  return joined;
}
