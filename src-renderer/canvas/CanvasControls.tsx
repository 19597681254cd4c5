import { Panel } from '@xyflow/react';
import { Maximize, Minus, Network, Plus, Redo2, Undo2 } from 'lucide-react';
import { redoLabel, undoLabel, useDocument } from '../state/document-store.ts';
import { ButtonGroup } from '../ui/ButtonGroup.tsx';
import { CommandButton } from './CommandButton.tsx';

/** Undo, redo and zoom, at the edge of the canvas. */
export function CanvasControls() {
  const undo = useDocument(undoLabel);
  const redo = useDocument(redoLabel);
  return (
    <Panel position="bottom-left" className="canvas-controls">
      <ButtonGroup label="History">
        <CommandButton id="edit.undo" label={undo === null ? 'Nothing to undo' : `Undo: ${undo}`} icon={<Undo2 aria-hidden />} disabled={undo === null} />
        <CommandButton id="edit.redo" label={redo === null ? 'Nothing to do again' : `Redo: ${redo}`} icon={<Redo2 aria-hidden />} disabled={redo === null} />
      </ButtonGroup>
      <ButtonGroup label="Zoom">
        <CommandButton id="canvas.zoomIn" label="Zoom in" icon={<Plus aria-hidden />} />
        <CommandButton id="canvas.zoomOut" label="Zoom out" icon={<Minus aria-hidden />} />
        <CommandButton id="canvas.frameAll" label="Frame all" icon={<Maximize aria-hidden />} />
        <CommandButton id="canvas.layOut" icon={<Network aria-hidden className="icon-across" />} />
      </ButtonGroup>
    </Panel>
  );
}
