import { decodeProbeFrame } from '../../../src-engine/history/decode-frames.ts';
import { LossSeries } from '../../../src-engine/history/loss-series.ts';
import type { RunHistoryReply } from '../../../src-main/contract.ts';
import type { RunHistory } from '../run-store.ts';

/** What the host has kept of a run, as the window draws it. */
export function readHistory({ points, frames, largestNorm, ...rest }: RunHistoryReply): RunHistory {
  const series = LossSeries.decode(bytesOf(points));
  return {
    ...rest,
    series,
    points: series.length,
    frames: frames.map((frame) => decodeProbeFrame(bytesOf(frame))),
    largestNorm: largestNorm ?? Number.POSITIVE_INFINITY,
  };
}

function bytesOf(base64: string): Uint8Array {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < letters.length; index++) bytes[index] = letters.charCodeAt(index);
  return bytes;
}
