import { copyName } from '../../../src-engine/document/copy-name.ts';
import type { JsonNumber, ProbeLayer, ProbesReply } from '../../../src-engine/session/protocol.ts';
import type { HeatmapRow } from '../../charts/draw-heatmap.ts';
import type { Probe } from '../../state/run-store.ts';
import type { Quantity, Scale, ValueScale } from './quantities.ts';
import { linedUpValues } from '../../state/lined-up.ts';
import { quantities } from './quantities.ts';

/** One row of the picture and what it belongs to. */
export interface MapRow extends HeatmapRow {
  readonly node: string;
  /** Of `OpenReply.probeLayers`; null where a row is of a parameter. */
  readonly layer: number | null;
  /** The name of one of its copies, from 1: `lstm1:t17`. */
  readonly name: (t: number) => string;
  /** The loss step it counts, from 1; null where it counts all, or the last. */
  readonly lossStep: number | null;
  /** Steps that the quantity cannot have, though examples reach them. */
  readonly beyond: (column: number) => boolean;
}

/** What a row is made of, before its colours. */
type Plain = Pick<MapRow, 'label' | 'node' | 'layer' | 'lossStep' | 'beyond'> & { readonly values: Float32Array; readonly of: string };

/** `gru1`, or in a bidirectional block `gru1.backward`: as errors and exports name it. */
function pathOf({ layer, direction }: ProbeLayer, layers: readonly ProbeLayer[]): string {
  return layers.some((each) => each.layer === layer && each.direction !== direction) ? `${layer}.${direction}` : layer;
}

/** Layers as the picture names them: `gru1 →`, and `gru1 ←` for the copy that reads backwards. */
export function layerLabel({ layer, direction }: Pick<ProbeLayer, 'layer' | 'direction'>): string {
  return `${layer} ${direction === 'forward' ? '→' : '←'}`;
}

/** Rows that have a step, from 0, of a layer's own sequence: a decoder counts steps of the target. `layer` null: of either sequence. */
export function rowsReaching({ rowsOfCell, rowsAtStep, steps }: Probe, layer: number | null, t: number): number {
  return (layer === null || rowsOfCell === undefined ? rowsAtStep[t] : rowsOfCell[layer * steps + t]) ?? 0;
}

/**
 * One layer's norms as a mean over the rows that have the step, not over the whole batch: else a step that few rows reach looks
 * vanished. NaN where no row has it.
 * @returns [T]
 */
export function meanOverReaching(probe: Probe, values: Float32Array, layer: number): Float32Array {
  return Float32Array.from({ length: probe.steps }, (_, t) => {
    const reaching = rowsReaching(probe, layer, t);
    return reaching === 0 ? Number.NaN : ((values[layer * probe.steps + t] ?? 0) * probe.rows) / reaching;
  });
}

/** One layer's flow by distance from the loss step, without the distances that no row reaches. */
export function lagFlowOf(probe: Probe, layer: number): Float32Array {
  const longest = Array.from({ length: probe.steps }, (_, t) => rowsReaching(probe, layer, t)).findLastIndex((rows) => rows > 0) + 1;
  return probe.lagFlow.subarray(layer * probe.steps, layer * probe.steps + longest);
}

/** Colour over this row's own finite range: shows the shape of a row and hides how small it is. */
function placeInRow(values: Float32Array, scale: ValueScale): (value: number) => number {
  const finite = values.filter((value) => Number.isFinite(value) && value >= scale.rowFloor);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), 0);
  return (value) => (high > low ? scale.place(value, low, high) : 1);
}

interface Sources {
  readonly frame: Probe;
  readonly layers: readonly ProbeLayer[];
  /** The answer that has the quantity, where frames do not carry it. */
  readonly reply: ProbesReply | null;
  /** From 1; the nearest one measured is taken. */
  readonly lossStep: number | null;
  /** The layer whose triangle is shown. */
  readonly layer: number;
  /** Columns count steps back from the loss, which is at the right end. */
  readonly linedUp?: boolean;
}

/** The rows of a quantity; none where the model does not have it, or it has not been measured yet. */
export function gradientRows(quantity: Quantity, scale: Scale, sources: Sources): readonly MapRow[] {
  const { scale: absolute } = quantities[quantity];
  return plainRows(quantity, sources).map(({ of, ...row }) => {
    const inRow = placeInRow(row.values, absolute);
    return { ...row, name: (t) => copyName(of, t), place: scale === 'absolute' ? (value) => absolute.place(value) : inRow };
  });
}

function plainRows(quantity: Quantity, sources: Sources): readonly Plain[] {
  const { frame, layers, reply } = sources;
  if (sources.linedUp === true) return linedUpRows(frame, layers);
  switch (quantity) {
    case 'gradient':
      return fromFrame(frame, layers, frame.gradientNorm);
    case 'flow':
      return fromFrame(frame, layers, frame.flow);
    case 'flow-from':
      return flowFrom(sources);
    case 'triangle':
      return triangleRows(sources);
    case 'copies':
      return (reply?.copies ?? []).map(({ parameter, node, values }) => ({
        ...plain(frame, parameter, node, null, padded(values, frame.steps)),
        of: parameter,
      }));
    case 'jacobian':
    case 'gates':
    case 'states':
      return (reply?.cells ?? []).flatMap((cell, layer) =>
        cellValues(quantity, cell).map(({ name, values }) => {
          const label = name === null ? layerLabel(cell) : `${layerLabel(cell)} ${name}`;
          return { ...plain(frame, label, cell.node, layer, padded(values, frame.steps)), of: pathOf(cell, reply?.cells ?? []) };
        }),
      );
  }
}

type Cell = ProbesReply['cells'][number];
type TriangleCell = NonNullable<ProbesReply['triangle']>['cells'][number];

function cellValues(
  quantity: 'jacobian' | 'gates' | 'states',
  { gates, jacobian, stateNorms }: Cell,
): readonly { readonly name: string | null; readonly values: readonly JsonNumber[] }[] {
  if (quantity === 'jacobian') return jacobian === null ? [] : [{ name: null, values: jacobian.values }];
  if (quantity === 'gates') {
    return gates.flatMap(({ gate, shut, open }) => [
      { name: `${gate} shut`, values: shut },
      { name: `${gate} open`, values: open },
    ]);
  }
  return [{ name: '‖h‖', values: stateNorms.h }, ...(stateNorms.c === null ? [] : [{ name: '‖c‖', values: stateNorms.c }])];
}

function plain(frame: Probe, label: string, node: string, layer: number | null, values: Float32Array): Omit<Plain, 'of'> {
  return { label, node, layer, values, lossStep: null, beyond: (column) => isBeyond(frame, layer, values, column) };
}

/**
 * Examples reach the step, but not this row's sequence; where a row does not say whose steps it counts (a parameter's), or counts only examples that also have
 * a loss step, it ends where its numbers do.
 */
function isBeyond(frame: Probe, layer: number | null, values: Float32Array, column: number): boolean {
  if (frame.rowsOfCell === undefined || rowsReaching(frame, null, column) === 0) return false;
  if (layer !== null && rowsReaching(frame, layer, column) === 0) return true;
  const end = values.findLastIndex((value) => !Number.isNaN(value));
  return end >= 0 && column > end;
}

function fromFrame(frame: Probe, layers: readonly ProbeLayer[], source: Float32Array): readonly Plain[] {
  return layers.slice(0, frame.layers).map((layer, index) => ({
    ...plain(frame, layerLabel(layer), layer.node, index, meanOverReaching(frame, source, index)),
    of: pathOf(layer, layers),
  }));
}

function linedUpRows(frame: Probe, layers: readonly ProbeLayer[]): readonly Plain[] {
  return layers.slice(0, frame.layers).map((layer, index) => ({
    ...{ label: layerLabel(layer), node: layer.node, layer: index, lossStep: null, of: pathOf(layer, layers) },
    values: linedUpValues(frame, index),
    beyond: () => false,
  }));
}

function padded(values: readonly JsonNumber[], steps: number): Float32Array {
  return Float32Array.from({ length: steps }, (_, t) => Number(values[t] ?? Number.NaN));
}

/** A loss says nothing of what a cell reads after it: zeros there, or NaN where no row has both steps. */
function flowRow({ frame, layers }: Sources, cell: TriangleCell, layer: number, index: number, lossStep: number): Plain {
  const values = padded(cell.flow[index] ?? [], frame.steps);
  const row = plain(frame, layerLabel(cell), cell.node, layer, values);
  const isBehind = (column: number): boolean => (cell.direction === 'forward' ? column >= lossStep : column < lossStep - 1);
  const says = (column: number): boolean => (values[column] ?? 0) > 0;
  return { ...row, of: pathOf(cell, layers), lossStep, beyond: (column) => row.beyond(column) || (isBehind(column) && !says(column)) };
}

/** The loss step nearest to the wanted one, by its place among those measured; the last where none is wanted. */
export function measuredLossStep(lossSteps: readonly number[], wanted: number | null): number {
  const last = lossSteps.length - 1;
  if (wanted === null) return last;
  const distance = (index: number): number => Math.abs((lossSteps[index] ?? 0) - wanted);
  return lossSteps.reduce((best, _, index) => (distance(index) < distance(best) ? index : best), last);
}

function flowFrom(sources: Sources): readonly Plain[] {
  const { triangle } = sources.reply ?? { triangle: null };
  if (triangle === null) return [];
  const index = measuredLossStep(triangle.lossSteps, sources.lossStep);
  return triangle.cells.map((cell, layer) => flowRow(sources, cell, layer, index, triangle.lossSteps[index] ?? 1));
}

function triangleRows(sources: Sources): readonly Plain[] {
  const { triangle } = sources.reply ?? { triangle: null };
  const cell = triangle?.cells[sources.layer];
  if (triangle === null || cell === undefined) return [];
  return triangle.lossSteps.map((lossStep, index) => ({ ...flowRow(sources, cell, sources.layer, index, lossStep), label: `loss at ${String(lossStep)}` }));
}

/** Columns before which truncated BPTT ends the gradient. */
export function windowBoundaries(window: number | null, columns: number): readonly number[] {
  if (window === null) return [];
  return Array.from({ length: Math.max(0, Math.ceil(columns / window) - 1) }, (_, index) => (index + 1) * window);
}

/** True where all behind the first window is masked: the probe runs that window alone, so that nothing is known there, which is not the same as nothing being there. */
export function isFirstWindowOnly(rows: number, columns: number, masked: (column: number, row: number) => boolean, boundaries: readonly number[]): boolean {
  const [end] = boundaries;
  if (end === undefined) return false;
  for (let row = 0; row < rows; row++) for (let column = end; column < columns; column++) if (!masked(column, row)) return false;
  return true;
}
