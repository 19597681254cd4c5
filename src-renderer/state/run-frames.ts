import type { Probe } from '../bridge/decode-frames.ts';
import { rememberThinned } from './thin-history.ts';

/** Most frames, and most bytes of frames, that a run keeps for looking back. */
const mostFrames = 240;
const mostBytes = 32 * 1024 * 1024;

function bytesOf(frame: Probe): number {
  return (3 * frame.layers + 1) * frame.steps * 4;
}

/** The frames of a run with one more, thinned with age (`rememberThinned`). */
export function rememberFrame(history: readonly Probe[], frame: Probe, limit: number = mostFrames): readonly Probe[] {
  return rememberThinned(history, frame, Math.min(limit, Math.floor(mostBytes / bytesOf(frame))));
}
