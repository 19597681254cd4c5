import { joinLossFrames } from '../../src-engine/history/join-loss-frames.ts';
import type { HeardEvent } from '../host/engine-event.ts';

/** Bytes of a loss frame that takes no more points. */
const FULL = 256 * 1024;

/** What follows one of these is not joined to what came before: the run may be another. */
const isRunning = ({ event }: HeardEvent): boolean => event === 'losses' || event === 'progress' || event === 'probe' || event === 'validation';

/**
 * Adds an event to those that wait for a window, joined to what it makes more of or replaces: losses go into one frame, of progress and probes only the latest
 * waits. No loss and no validation is left out.
 */
export function holdEvent(held: HeardEvent[], event: HeardEvent): void {
  const first = held.findLastIndex((each) => !isRunning(each)) + 1;
  const place = held.findLastIndex((each, index) => index >= first && each.event === event.event);
  const before = held[place];
  if (before?.event === 'losses' && event.event === 'losses' && before.payload.length < FULL) {
    held[place] = { event: 'losses', payload: joinLossFrames(before.payload, event.payload) };
    return;
  }
  if (before !== undefined && (event.event === 'progress' || event.event === 'probe')) held.splice(place, 1);
  held.push(event);
}
