import '@xyflow/react/dist/base.css';
import { ReactFlowProvider } from '@xyflow/react';
import { useState } from 'react';
import { CanvasContext, createCanvasStore } from './canvas-store.ts';
import { CanvasView } from './CanvasView.tsx';
import './canvas.css';
import './cards.css';

/** The builder: the document as blocks and wires. Fills its parent. */
export function Canvas() {
  const [store] = useState(createCanvasStore);
  return (
    <CanvasContext value={store}>
      <ReactFlowProvider>
        <CanvasView />
      </ReactFlowProvider>
    </CanvasContext>
  );
}
