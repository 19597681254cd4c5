import { runCommand } from '../state/commands.ts';
import { useDocument } from '../state/document-store.ts';
import { useFileActions } from '../state/workspace/workspace-context.ts';
import { useWorkspace, workspaceStore } from '../state/workspace-store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/popups/Dialog.tsx';

function stay(): void {
  workspaceStore.setState({ leaving: null });
}

/** Asked before another document takes the place of one with edits that are in no file. */
export function LeaveDialog(): React.JSX.Element {
  const leaving = useWorkspace((workspace) => workspace.leaving);
  const name = useDocument((state) => state.project.name);
  const files = useFileActions();
  const leave = (): void => {
    stay();
    leaving?.();
  };
  const saveAndLeave = async (): Promise<void> => {
    const outcome = await files.save(false);
    if (outcome.kind === 'done') leave();
    else if (outcome.kind === 'refused') {
      stay();
      runCommand('file.save');
    }
  };
  return (
    <Dialog
      open={leaving !== null}
      onOpenChange={stay}
      title={`Save the changes to ${name}?`}
      description="Another project takes its place. Changes that are not saved are lost. Its runs stay under Runs, all projects."
      actions={
        <>
          <Button onClick={stay}>Cancel</Button>
          <Button variant="danger" onClick={leave}>
            Do not save
          </Button>
          <Button variant="primary" onClick={() => void saveAndLeave()}>
            Save
          </Button>
        </>
      }
    />
  );
}
