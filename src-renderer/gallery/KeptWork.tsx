import { useState } from 'react';
import { FilePen, History } from 'lucide-react';
import { toast } from 'sonner';
import type { KeepingOutcome } from '../state/keeping/checkpoint-actions.ts';
import { useKeepingActions } from '../state/keeping/keeping-context.ts';
import { useKeeping } from '../state/keeping/keeping-store.ts';
import { leaveDocument } from '../state/workspace/workspace-leave.ts';
import { Button } from '../ui/Button.tsx';
import { whenText } from './when-text.ts';
import './kept-work.css';

/** What a crash or a closed tab left, until one has decided about it; nothing where there is none. */
export function KeptWork(): React.JSX.Element | null {
  const documents = useKeeping((keeping) => keeping.documents);
  const runs = useKeeping((keeping) => keeping.runs);
  const actions = useKeepingActions();
  const [now] = useState(() => Date.now());
  if (documents.length + runs.length === 0) return null;
  return (
    <section className="kept" aria-labelledby="kept-title">
      <h2 id="kept-title">Left unsaved</h2>
      <p>Unroll or its window ended before this was saved. It stays here until you decide.</p>
      <ul>
        {documents.map(({ id, name, time }) => (
          <KeptRow
            key={id}
            icon={<FilePen className="icon-l" aria-hidden />}
            name={name}
            what={`Unsaved edits, ${whenText(time, now)}`}
            take={{ label: 'Restore', run: () => actions.restore(id) }}
            onDiscard={() => void actions.discardDocument(id)}
          />
        ))}
        {runs.map(({ id, name, step, time }) => (
          <KeptRow
            key={id}
            icon={<History className="icon-l" aria-hidden />}
            name={name}
            what={`Training that stopped, checkpoint at step ${step.toLocaleString('en-GB')}, ${whenText(time, now)}`}
            take={{ label: 'Resume', run: () => actions.resume(id) }}
            onDiscard={() => void actions.discardRun(id)}
          />
        ))}
      </ul>
    </section>
  );
}

interface KeptRowProps {
  readonly icon: React.ReactNode;
  readonly name: string;
  readonly what: string;
  readonly take: { readonly label: string; readonly run: () => Promise<KeepingOutcome> };
  readonly onDiscard: () => void;
}

function KeptRow({ icon, name, what, take, onDiscard }: KeptRowProps): React.JSX.Element {
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    const outcome = await take.run();
    setBusy(false);
    if (outcome.kind === 'refused') for (const { message, fix } of outcome.problems.slice(0, 3)) toast.error(message, { description: fix });
    if (outcome.kind === 'done' && outcome.step > 0) toast.success(`Paused at step ${outcome.step.toLocaleString('en-GB')}`, { description: 'Train goes on.' });
  };
  return (
    <li className="kept-row">
      {icon}
      <span className="kept-words">
        <span className="kept-name">{name === '' ? 'Untitled' : name}</span>
        <span className="kept-what">{what}</span>
      </span>
      <Button
        size="small"
        variant="primary"
        disabled={busy}
        aria-label={`${take.label} ${name}`}
        onClick={() => {
          leaveDocument(() => void run());
        }}
      >
        {take.label}
      </Button>
      <Button size="small" disabled={busy} aria-label={`Discard ${name}: ${what}`} onClick={onDiscard}>
        Discard
      </Button>
    </li>
  );
}
