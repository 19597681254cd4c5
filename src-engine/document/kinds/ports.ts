import type { InputPort, OutputPort, WireKind } from '../kind-spec.ts';

/** The main input, `in`. */
export function mainInput(...accepts: readonly WireKind[]): InputPort {
  return { name: 'in', label: 'Input', accepts, optional: false };
}

/** The main output, `out`. */
export function mainOutput(label: string): OutputPort {
  return { name: 'out', label };
}

/** A sequence, or one vector per example; a state serves as a vector. */
export const SEQUENCE_OR_VECTOR: readonly WireKind[] = ['sequence', 'vector', 'state'];

/** Inputs of what joins several: two at least. */
export const JOINED_INPUTS: readonly InputPort[] = [1, 2, 3, 4].map((place) => ({
  name: `in${place}`,
  label: `Input ${place}`,
  accepts: SEQUENCE_OR_VECTOR,
  optional: place > 2,
}));
