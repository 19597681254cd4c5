import type { CanvasStore } from '../canvas-store.ts';
import type { Landing } from '../edits/flow-to-edits.ts';

/**
 * Lights up what takes the thing being dragged, and makes room in a block for a newcomer of `kind` (null: it is a child already).
 * The store changes only where the answer does: this runs at every move of the pointer.
 */
export function showLanding(store: CanvasStore, landing: Landing | null, kind: string | null): void {
  const { target, targetWire, slot } = store.getState();
  const block = landing?.kind === 'block' ? landing : null;
  const wire = landing?.kind === 'wire' ? landing.wire : null;
  const free = block === null || kind === null ? null : { block: block.block, before: block.before, kind };
  const sameSlot = free?.block === slot?.block && free?.before === slot?.before && free?.kind === slot?.kind;
  if (target === (block?.block ?? null) && targetWire === wire && sameSlot) return;
  store.setState({ target: block?.block ?? null, targetWire: wire, slot: sameSlot ? slot : free });
}
