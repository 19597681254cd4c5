import type { ProbeLayer } from '../../../src-engine/session/protocol.ts';
import { placeOnScale } from '../../charts/colour-scale.ts';
import type { HeatmapRow } from '../../charts/draw-heatmap.ts';
import type { Probe } from '../../state/run-store.ts';
import type { Remembered } from '../../state/workspace-store.ts';

export type Quantity = Remembered['heatmapQuantity'];
export type Scale = Remembered['heatmapScale'];

/** Layers as the picture names them: `gru1 →`, and `gru1 ←` for the copy that reads backwards. */
export function layerLabel({ layer, direction }: ProbeLayer): string {
  return `${layer} ${direction === 'forward' ? '→' : '←'}`;
}

/**
 * One layer's norms as a mean over the rows that have the step, not over the whole batch: else a step that few rows reach looks
 * vanished. NaN where no row has it.
 * @returns [T]
 */
export function meanOverReaching(probe: Probe, values: Float32Array, layer: number): Float32Array {
  return Float32Array.from({ length: probe.steps }, (_, t) => {
    const reaching = probe.rowsAtStep[t] ?? 0;
    return reaching === 0 ? Number.NaN : ((values[layer * probe.steps + t] ?? 0) * probe.rows) / reaching;
  });
}

/** Colour over this row's own finite positive range: shows the shape of a row and hides how small it is. */
function placeInRow(values: Float32Array): (value: number) => number {
  const finite = values.filter((value) => Number.isFinite(value) && value > 0);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), 0);
  return (value) => (high > low ? placeOnScale(value, low, high) : 1);
}

export function gradientRows(probe: Probe, layers: readonly ProbeLayer[], quantity: Quantity, scale: Scale): readonly HeatmapRow[] {
  const source = quantity === 'gradient' ? probe.gradientNorm : probe.flow;
  return layers.slice(0, probe.layers).map((layer, index) => {
    const values = meanOverReaching(probe, source, index);
    return { label: layerLabel(layer), values, place: scale === 'absolute' ? (value) => placeOnScale(value) : placeInRow(values) };
  });
}

/** One layer's flow by distance from the loss step, without the distances that no row reaches. */
export function lagFlowOf(probe: Probe, layer: number): Float32Array {
  const longest = probe.rowsAtStep.findLastIndex((rows) => rows > 0) + 1;
  return probe.lagFlow.subarray(layer * probe.steps, layer * probe.steps + longest);
}
