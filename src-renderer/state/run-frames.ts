import type { Probe } from '../bridge/decode-frames.ts';

/** Most frames, and most bytes of frames, that a run keeps for looking back. */
const mostFrames = 240;
const mostBytes = 32 * 1024 * 1024;

function bytesOf(frame: Probe): number {
  return (3 * frame.layers + 1) * frame.steps * 4;
}

/**
 * The history with one frame more. When it is full every second frame of its older half goes, so that it always reaches back
 * to the beginning, ever more coarsely. Frames at or after the new one's step belong to a run that was reset and go too.
 */
export function rememberFrame(history: readonly Probe[], frame: Probe, limit: number = mostFrames): readonly Probe[] {
  const most = Math.max(2, Math.min(limit, Math.floor(mostBytes / bytesOf(frame))));
  const before = history.filter((each) => each.step < frame.step);
  const half = Math.floor(before.length / 2);
  const kept = before.length < most ? before : before.filter((_, index) => index >= half || index % 2 === 0);
  return [...kept, frame].slice(-most);
}
