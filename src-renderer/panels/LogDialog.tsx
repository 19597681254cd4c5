import { useEffect, useRef } from 'react';
import { useWorkspace, workspaceStore } from '../state/workspace-store.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/popups/Dialog.tsx';
import './log-dialog.css';

function close(): void {
  workspaceStore.setState({ log: null });
}

/** The log of this user, its newest lines in sight. */
export function LogDialog(): React.JSX.Element {
  const log = useWorkspace((workspace) => workspace.log);
  return (
    <Dialog
      open={log !== null}
      onOpenChange={close}
      size="wide"
      title="Log"
      description="Runs with their settings, refusals by their code, and bugs by their place in the code. What you type, your data and your paths are not in it."
      actions={
        <>
          <Button onClick={() => void navigator.clipboard.writeText(log ?? '').catch(() => undefined)}>Copy all</Button>
          <Button variant="primary" onClick={close}>
            Close
          </Button>
        </>
      }
    >
      <LogText text={log ?? ''} />
    </Dialog>
  );
}

function LogText({ text }: { readonly text: string }): React.JSX.Element {
  const lines = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const { current } = lines;
    if (current !== null) current.scrollTop = current.scrollHeight;
  }, [text]);
  return (
    <pre ref={lines} className="log-text" tabIndex={0} aria-label="Log">
      {text === '' ? 'Nothing has been noted yet.' : text}
    </pre>
  );
}
