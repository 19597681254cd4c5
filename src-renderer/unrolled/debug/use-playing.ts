import { useEffect } from 'react';
import { SPEEDS, unrolledStore, useUnrolled } from '../../state/unrolled-store.ts';
import { debugStep, type DebugAction } from './debug-machine.ts';
import type { DebugScript } from './debug-script.ts';

/** Moves in the walk; the state lives in the store, so that another tab keeps the place. */
export function walk(script: DebugScript, action: DebugAction): void {
  const { position, playing } = unrolledStore.getState();
  unrolledStore.setState(debugStep({ position: Math.min(position, script.stages.length - 1), playing }, action, script));
}

/** The clock of a walk that plays. */
export function usePlaying(script: DebugScript | null): void {
  const playing = useUnrolled((unrolled) => unrolled.playing);
  const speed = useUnrolled((unrolled) => unrolled.speed);
  useEffect(() => {
    if (!playing || script === null) return;
    const clock = window.setInterval(() => {
      walk(script, { kind: 'tick' });
    }, 1000 / SPEEDS[speed]);
    return () => {
      window.clearInterval(clock);
    };
  }, [playing, speed, script]);
}
