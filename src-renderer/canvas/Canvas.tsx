import '@xyflow/react/dist/base.css';
import { ReactFlowProvider } from '@xyflow/react';
import { useState } from 'react';
import { CanvasContext, createCanvasStores } from './canvas-store.ts';
import { CanvasView } from './CanvasView.tsx';
import './canvas.css';
import './nodes/cards.css';

/** The builder: the document as blocks and wires. Fills its parent. */
export function Canvas() {
  const [stores] = useState(createCanvasStores);
  return (
    <CanvasContext value={stores}>
      <ReactFlowProvider>
        <CanvasView />
      </ReactFlowProvider>
    </CanvasContext>
  );
}
