import { Panel } from '@xyflow/react';
import { Maximize, Minus, Plus, Redo2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { runCommand, useShortcut } from '../state/commands.ts';
import { redoLabel, undoLabel, useDocument } from '../state/document-store.ts';
import { ButtonGroup } from '../ui/ButtonGroup.tsx';
import { IconButton } from '../ui/IconButton.tsx';

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
      </ButtonGroup>
    </Panel>
  );
}

interface CommandButtonProps {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly disabled?: boolean;
}

function CommandButton({ id, label, icon, disabled = false }: CommandButtonProps) {
  const shortcut = useShortcut(id);
  return <IconButton label={label} icon={icon} shortcut={shortcut} side="top" disabled={disabled} onClick={() => runCommand(id)} />;
}
