import { useDocument } from '../state/document-store.ts';
import { useWorkspace, workspaceStore } from '../state/workspace-store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/popups/Dialog.tsx';

function stay(): void {
  workspaceStore.setState({ ending: null });
}

/** Asked before another project takes the engine from the run that another window trains. */
export function EndTrainingDialog(): React.JSX.Element {
  const ending = useWorkspace((workspace) => workspace.ending);
  const name = useDocument((state) => state.project.name);
  return (
    <Dialog
      open={ending !== null}
      onOpenChange={stay}
      title={`End the training of ${name}?`}
      description="Another window trains it, and there is one engine: another project takes its place in both. What was trained so far is kept under Runs, with its weights."
      actions={
        <>
          <Button onClick={stay}>Cancel</Button>
          <Button
            variant="danger"
            onClick={() => {
              stay();
              ending?.();
            }}
          >
            End it
          </Button>
        </>
      }
    />
  );
}
