import { rememberThinned } from './thin-history.ts';

/** Most frames, and most bytes of frames, that a run keeps for looking back. */
const MOST_FRAMES = 240;
const MOST_BYTES = 32 * 1024 * 1024;

interface Measured {
  readonly step: number;
  readonly layers: number;
  readonly steps: number;
}

/** Bytes of a frame of L layers and T steps, without its head. */
function bytesOf({ layers, steps }: Measured): number {
  return (3 * layers + 1) * steps * 4;
}

/** The frames of a run with one more, thinned with age (`rememberThinned`): at most 240 of them and 32 MiB, or what is given. */
export function rememberFrame<T extends Measured>(history: readonly T[], frame: T, limit: number = MOST_FRAMES, bytes: number = MOST_BYTES): readonly T[] {
  return rememberThinned(history, frame, Math.min(limit, Math.floor(bytes / bytesOf(frame))));
}
