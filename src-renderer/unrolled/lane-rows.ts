import type { MapRow } from '../panels/gradients/gradient-rows.ts';
import type { Quantity } from '../panels/gradients/quantities.ts';
import type { ProbeLayer } from '../../src-engine/session/protocol.ts';
import type { Lane } from './network-lanes.ts';
import { MASKED, shortNumber, type NodeLook } from './paint/node-look.ts';

/** Index into `OpenReply.probeLayers`; null for lanes that no probe measures. */
export function probeLayerOf(lane: Lane, layers: readonly ProbeLayer[]): number | null {
  if (lane.kind !== 'cell') return null;
  const direction = lane.backward ? 'backward' : 'forward';
  const index = layers.findIndex((each) => each.layer === lane.layer && each.direction === direction);
  return index === -1 ? null : index;
}

/** The painted rows of the gradient panel that belong to a lane: those of its layer, or of its parameters. */
export function rowsOfLane(lane: Lane, rows: readonly MapRow[], layers: readonly ProbeLayer[]): readonly MapRow[] {
  const layer = probeLayerOf(lane, layers);
  return rows.filter((row) => (row.layer === null ? row.label.startsWith(`${lane.path}.`) : row.layer === layer));
}

/** Parameters of one copy make one number: the norm of all of them together. */
function together(rows: readonly MapRow[], column: number): number {
  return Math.hypot(...rows.map(({ values }) => values[column] ?? Number.NaN));
}

/** The number that stands for a node; null where the rows have none for it. */
export function valueIn(quantity: Quantity, rows: readonly MapRow[], t: number): number | null {
  const [row] = rows;
  if (row === undefined) return null;
  return quantity === 'copies' ? together(rows, t - 1) : (row.values[t - 1] ?? Number.NaN);
}

/** How a node looks on the colour scale; null where nothing was measured of it. */
export function shadeLook(quantity: Quantity, rows: readonly MapRow[], t: number, masked: boolean): NodeLook | null {
  const [row] = rows;
  if (row === undefined) return null;
  if (masked || row.beyond(t - 1)) return MASKED;
  if (quantity === 'copies') {
    const value = together(rows, t - 1);
    return { kind: 'shade', places: [Number.isFinite(value) ? row.place(value) : Number.NaN], text: () => shortNumber(value) };
  }
  const values = rows.map((each) => each.values[t - 1] ?? Number.NaN);
  return {
    kind: 'shade',
    places: values.map((value, index) => (Number.isFinite(value) ? (rows[index]?.place(value) ?? 0) : Number.NaN)),
    text: () => (quantity === 'gates' ? '' : shortNumber(values[0] ?? Number.NaN)),
  };
}
