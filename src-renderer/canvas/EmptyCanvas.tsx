import { Panel } from '@xyflow/react';
import { useDocument } from '../state/document-store.ts';

/** What to do with an empty canvas. */
export function EmptyCanvas() {
  const empty = useDocument((state) => state.project.graph.nodes.length === 0);
  if (!empty) return null;
  return (
    <Panel position="top-center" className="canvas-empty">
      <p className="canvas-empty-title">Start with an input</p>
      <p>
        Drag Tokens or Features here from the left, or choose one with the arrow keys and press Enter. Each block you add next is wired to the one before. What
        it learns from is chosen under Data.
      </p>
    </Panel>
  );
}
