import { useMemo } from 'react';
import { Ellipsis } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { toast } from 'sonner';
import { forkKinds } from '../../../src-engine/document/remedies/fork-cell.ts';
import type { RunSummary } from '../../../src-main/contract.ts';
import { useRunsActions } from '../../state/runs/runs-actions.ts';
import { useRuns } from '../../state/runs/runs-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { tellRunProblems } from './tell-run.ts';
import '../../ui/popups/popup.css';

interface RunMenuProps {
  readonly run: RunSummary;
  readonly onRename: () => void;
}

/** What else can be done with a run. */
export function RunMenu({ run, onRename }: RunMenuProps): React.JSX.Element {
  const actions = useRunsActions();
  const project = useRuns(({ past }) => past.find(({ id }) => id === run.id)?.project ?? null);
  const kinds = useMemo(() => (project === null ? [] : forkKinds(project)), [project]);
  const remove = async (): Promise<void> => {
    const problems = await actions.remove(run.id);
    tellRunProblems(problems);
    if (problems.length > 0) return;
    toast(`${run.name} deleted`, { action: { label: 'Undo', onClick: () => void actions.restore(run.id).then(tellRunProblems) } });
  };
  return (
    <DropdownMenu.Root
      onOpenChange={(open) => {
        if (open) void actions.load(run.id);
      }}
    >
      <DropdownMenu.Trigger asChild>
        <IconButton label={`More for ${run.name}`} icon={<Ellipsis />} size="small" variant="quiet" side="top" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ui-popup runs-menu" align="end" sideOffset={4} collisionPadding={8} onCloseAutoFocus={preventDefault}>
          <Item
            title={run.hasWeights ? 'Open with its weights' : 'Open its project'}
            about={run.own ? 'One undo step; ends what trains now' : 'Takes the place of this project'}
            onSelect={() => {
              actions.open(run, tellRunProblems);
            }}
          />
          {kinds.length === 0 ? null : <DropdownMenu.Separator className="runs-line" />}
          {kinds.map((kind) => (
            <Item
              key={kind}
              title={`Fork as ${kind.toUpperCase()}`}
              about="Same parameter budget, seed and data; new weights"
              onSelect={() => void actions.fork(run, kind, tellRunProblems)}
            />
          ))}
          <DropdownMenu.Separator className="runs-line" />
          <Item title="Rename" about={null} onSelect={onRename} />
          <Item title="Delete" about={null} onSelect={() => void remove()} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The name's field takes the focus that the button would get back. */
function preventDefault(event: Event): void {
  event.preventDefault();
}

function Item({ title, about, onSelect }: { readonly title: string; readonly about: string | null; readonly onSelect: () => void }): React.JSX.Element {
  return (
    <DropdownMenu.Item className="ui-popup-item" onSelect={onSelect}>
      <span>
        <span className="runs-item">{title}</span>
        {about === null ? null : <span className="runs-item-about">{about}</span>}
      </span>
    </DropdownMenu.Item>
  );
}
