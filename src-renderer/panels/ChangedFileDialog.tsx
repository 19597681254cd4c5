import { toast } from 'sonner';
import { useFileActions } from '../state/workspace/workspace-context.ts';
import type { FileOutcome } from '../state/workspace/workspace-files.ts';
import { hasEditsToLose } from '../state/workspace/workspace-leave.ts';
import { useWorkspace, workspaceStore } from '../state/workspace-store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/popups/Dialog.tsx';

function later(): void {
  workspaceStore.setState({ fileChange: 'later' });
}

/** Asked where another program or window has written the document's file since this window read it. */
export function ChangedFileDialog(): React.JSX.Element {
  const open = useWorkspace((workspace) => workspace.fileChange === 'ask');
  const name = useWorkspace((workspace) => workspace.file?.name ?? 'The file');
  const files = useFileActions();
  const decide = async (decision: () => Promise<FileOutcome>, verb: string): Promise<void> => {
    later();
    const outcome = await decision();
    if (outcome.kind === 'refused') for (const { message, fix } of outcome.problems.slice(0, 3)) toast.error(message, { description: fix });
    if (outcome.kind === 'done') toast.success(`${verb} ${outcome.name}`);
  };
  const edits = open && hasEditsToLose();
  return (
    <Dialog
      open={open}
      onOpenChange={later}
      title={`${name} was changed outside this window`}
      description={
        edits
          ? 'Another program or window has written it since, and you have edits of your own. Reload drops your edits; Overwrite drops the others; Save as keeps both.'
          : 'Another program or window has written it since. Reload shows what it holds now.'
      }
      actions={
        <>
          <Button onClick={later}>Not now</Button>
          <Button onClick={() => void decide(() => files.save(true), 'Saved')}>Save as…</Button>
          <Button variant="danger" onClick={() => void decide(() => files.save(false, true), 'Saved')}>
            Overwrite
          </Button>
          <Button variant="primary" onClick={() => void decide(() => files.reload(), 'Reloaded')}>
            Reload
          </Button>
        </>
      }
    />
  );
}
