import type { Lane } from './network-lanes.ts';

/** A lane with its place in the grid of the picture. */
export interface PlacedLane extends Lane {
  /** From the top, 0. */
  readonly row: number;
  /** Column of its first step, from 0. */
  readonly first: number;
  /** Steps drawn; what is past an example's end is drawn as masked. */
  readonly length: number;
}

/** Columns are steps, rows are lanes: inputs at the bottom, outputs on top. Where targets have steps of their own, their columns follow those of the inputs. */
export interface Layout {
  readonly lanes: readonly PlacedLane[];
  readonly rows: number;
  readonly columns: number;
}

/** One node of the picture; t counts from 1. */
export interface NodePlace {
  readonly lane: number;
  readonly t: number;
}

/** Steps of the two axes; `targets` counts only where a lane runs over them. */
interface AxisSteps {
  readonly inputs: number;
  readonly targets: number;
}

export function layOut(lanes: readonly Lane[], steps: AxisSteps): Layout {
  const twoAxes = lanes.some(({ axis }) => axis === 'targets');
  const levels = levelsOf(lanes);
  const rows = 1 + levels.reduce((most, level) => Math.max(most, level), 0);
  const placed = lanes.map((lane, index): PlacedLane => {
    const span = lane.axis === 'targets' ? steps.targets : steps.inputs;
    const start = lane.axis === 'targets' ? steps.inputs : 0;
    const one = lane.steps === 'one';
    return {
      ...lane,
      row: rows - 1 - (levels[index] ?? 0),
      first: one && lane.kind === 'output' ? start + span - 1 : start,
      length: one ? 1 : span,
    };
  });
  return { lanes: placed, rows, columns: steps.inputs + (twoAxes ? steps.targets : 0) };
}

/** Rows from the bottom: inputs share the first, cells of one axis stand on each other, heads on top of them all. */
function levelsOf(lanes: readonly Lane[]): readonly number[] {
  const next = { inputs: 1, targets: 1 };
  const inner = lanes.map(({ kind, axis }) => (kind === 'cell' ? next[axis]++ : 0));
  const top = Math.max(next.inputs, next.targets);
  let inputs = 0;
  let outputs = 0;
  const shift = Math.max(1, lanes.filter(({ kind }) => kind === 'input').length) - 1;
  return lanes.map(({ kind }, index) => {
    if (kind === 'input') return inputs++;
    return kind === 'cell' ? (inner[index] ?? 0) + shift : top + shift + outputs++;
  });
}

/** The column of a node, from 0. */
export function columnOf(lane: PlacedLane, t: number): number {
  return lane.first + t - 1;
}

/** The node in a field of the grid; null where there is none. */
export function nodeIn({ lanes }: Layout, column: number, row: number): NodePlace | null {
  const lane = lanes.findIndex((each) => each.row === row && column >= each.first && column < each.first + each.length);
  const found = lanes[lane];
  return found === undefined ? null : { lane, t: column - found.first + 1 };
}

/** The node one step in a direction; the nearest one of the next row that has any. Stays where there is none. */
export function neighbour(layout: Layout, place: NodePlace, dx: number, dy: number): NodePlace {
  const lane = layout.lanes[place.lane];
  if (lane === undefined) return place;
  const column = columnOf(lane, place.t);
  if (dy === 0) return nodeIn(layout, column + dx, lane.row) ?? place;
  for (let row = lane.row + dy; row >= 0 && row < layout.rows; row += dy) {
    const found = nearestIn(layout, column, row);
    if (found !== null) return found;
  }
  return place;
}

/** First or last node of the row that a node stands in. */
export function endOfRow(layout: Layout, place: NodePlace, end: 'first' | 'last'): NodePlace {
  const row = layout.lanes[place.lane]?.row ?? 0;
  return nearestIn(layout, end === 'first' ? 0 : layout.columns - 1, row) ?? place;
}

function nearestIn(layout: Layout, column: number, row: number): NodePlace | null {
  let best: { readonly place: NodePlace; readonly distance: number } | null = null;
  for (const [lane, { row: of, first, length }] of layout.lanes.entries()) {
    if (of !== row || length === 0) continue;
    const at = Math.min(first + length - 1, Math.max(first, column));
    const distance = Math.abs(at - column);
    if (best === null || distance < best.distance) best = { place: { lane, t: at - first + 1 }, distance };
  }
  return best?.place ?? null;
}
