import type { NodeId } from '../../../src-engine/document/project.ts';
import { canBeLinedUp, linedUpValues } from '../../state/lined-up.ts';
import { latestFrame, useRun } from '../../state/run-store.ts';
import { useWorkspace } from '../../state/workspace-store.ts';

export interface NodeStrip {
  readonly direction: 'forward' | 'backward';
  /** Gradient norm by time step, or up to the loss where the examples are lined up there, [T]. */
  readonly values: Float32Array;
  /** Rows of the batch long enough to have it, [T]. */
  readonly rowsAtStep: Float32Array;
}

/** The latest probed gradient norms of one node, a strip for each direction; null before the first probe. Of a repeated node the last copy. */
export function useNodeStrips(id: NodeId): readonly NodeStrip[] | null {
  const frame = useRun(latestFrame);
  const layers = useRun((run) => run.opened?.probeLayers);
  const fromLoss = useWorkspace((workspace) => workspace.heatmapColumns === 'loss');
  if (frame === null || layers === undefined) return null;
  const linedUp = fromLoss && canBeLinedUp(frame, 'gradient', null);
  const strips = new Map<NodeStrip['direction'], NodeStrip>();
  for (const [row, layer] of layers.entries()) {
    if (layer.node !== id || row >= frame.layers) continue;
    strips.set(layer.direction, {
      direction: layer.direction,
      values: linedUp ? linedUpValues(frame, row) : frame.gradientNorm.subarray(row * frame.steps, (row + 1) * frame.steps),
      rowsAtStep: linedUp ? frame.rowsAtStep.toReversed() : (frame.rowsOfCell?.subarray(row * frame.steps, (row + 1) * frame.steps) ?? frame.rowsAtStep),
    });
  }
  return strips.size === 0 ? null : [...strips.values()];
}
