import type { Probe } from './run-store.ts';
import type { Remembered } from './workspace-store.ts';

/**
 * Whether a map can be drawn by distance from the loss instead of by t. Examples of unequal length that have one loss each, at their last step, meet that loss at
 * different t: by t a fading gradient looks as if it came from the left. Only where distance tells all: no truncated window, no sequence of its own for targets.
 */
export function canBeLinedUp(frame: Probe, quantity: Remembered['heatmapQuantity'], window: number | null): boolean {
  if (window !== null || frame.rowsOfCell !== undefined || (quantity !== 'gradient' && quantity !== 'flow')) return false;
  const isRagged = frame.rowsAtStep.some((rows) => rows > 0 && rows < frame.rows);
  return isRagged && (quantity === 'flow' || isSame(frame.gradientNorm, frame.flow));
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, index) => Object.is(value, b[index]));
}

/** Steps between a column of a lined-up map and the loss, which is at its right end. */
export function lagOf(column: number, columns: number): number {
  return columns - 1 - column;
}

/** The time step t, from 1, of the copy that a cell runs so many steps before its last one, in an example of a length; a backward copy runs last at t = 1. */
export function stepAtLag(lag: number, length: number, backward: boolean): number {
  return backward ? lag + 1 : length - lag;
}

/** Steps between the copy at t and the last one that the cell runs. */
export function lagAtStep(t: number, length: number, backward: boolean): number {
  return backward ? t - 1 : length - t;
}

/** As readouts say it. */
export function lagText(lag: number): string {
  return lag === 0 ? 'at the loss' : `${lag} ${lag === 1 ? 'step' : 'steps'} before the loss`;
}

/** Norms by distance from the loss as a lined-up map shows them, the loss last: zeros of steps that no example has are no numbers. [T] */
export function linedUpValues({ lagFlow, rowsAtStep, steps }: Probe, layer: number): Float32Array {
  return Float32Array.from({ length: steps }, (_, column) => {
    const lag = lagOf(column, steps);
    return (rowsAtStep[lag] ?? 0) > 0 ? (lagFlow[layer * steps + lag] ?? Number.NaN) : Number.NaN;
  });
}
