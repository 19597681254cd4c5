import { FileText, Folder } from 'lucide-react';
import type { ChosenData } from '../../../src-main/contract.ts';
import { useDataActions } from '../../state/import/import-context.ts';
import { Button } from '../../ui/Button.tsx';
import { bytesText, countText } from './import-words.ts';

/** What was chosen, and the way to choose something else. */
export function ChosenFiles({ chosen }: { readonly chosen: ChosenData }): React.JSX.Element {
  const actions = useDataActions();
  const others = chosen.fileCount - 1;
  return (
    <span className="import-chosen">
      {chosen.kind === 'folder' ? <Folder aria-hidden /> : <FileText aria-hidden />}
      <span className="import-name">{chosen.name}</span>
      {others === 0 ? null : <span>{chosen.kind === 'folder' ? countText(chosen.fileCount, 'file') : `and ${countText(others, 'other file')}`}</span>}
      <span className="mono faint">{bytesText(chosen.bytes)}</span>
      <Button size="small" variant="quiet" onClick={() => void actions.choose(chosen.kind)}>
        Choose another
      </Button>
    </span>
  );
}
