import { Redo2, Undo2 } from 'lucide-react';
import { runCommand } from '../state/commands.ts';
import { redoLabel, undoLabel, useDocument } from '../state/document-store.ts';
import { ButtonGroup } from '../ui/ButtonGroup.tsx';
import { IconButton } from '../ui/IconButton.tsx';

/** Undo and redo of the document. The editor's own keys take back what was typed, letter by letter. */
export function HistoryButtons(): React.JSX.Element {
  const undo = useDocument(undoLabel);
  const redo = useDocument(redoLabel);
  return (
    <ButtonGroup label="History">
      <IconButton
        label={undo === null ? 'Nothing to undo' : `Undo: ${undo}`}
        icon={<Undo2 aria-hidden />}
        disabled={undo === null}
        onClick={() => runCommand('edit.undo')}
      />
      <IconButton
        label={redo === null ? 'Nothing to do again' : `Redo: ${redo}`}
        icon={<Redo2 aria-hidden />}
        disabled={redo === null}
        onClick={() => runCommand('edit.redo')}
      />
    </ButtonGroup>
  );
}
