import { FileText, Files, FolderOpen, Table } from 'lucide-react';
import { useDataActions } from '../../state/import/import-context.ts';
import { Button } from '../../ui/Button.tsx';

const kinds = [
  { icon: Table, name: 'A table', text: 'CSV or TSV: classify its rows of text, or forecast its columns of numbers' },
  { icon: FileText, name: 'A text', text: 'Any plain text: the model learns to write on, by characters or by words' },
  { icon: Files, name: 'Labelled lines', text: 'JSONL, a table with a class column, or one file for each class' },
] as const;

/** Where files are dropped or chosen. Dropping is answered by the window, which takes files anywhere. */
export function ChooseData({ busy }: { readonly busy: boolean }): React.JSX.Element {
  const actions = useDataActions();
  return (
    <div className="import-choose">
      <div className="import-drop">
        <p>Drop a file here, or</p>
        <div className="import-buttons">
          <Button variant="primary" icon={<FileText aria-hidden />} disabled={busy} onClick={() => void actions.choose('file')}>
            Choose a file
          </Button>
          <Button icon={<Files aria-hidden />} disabled={busy} onClick={() => void actions.choose('files')}>
            One file per class
          </Button>
          <Button icon={<FolderOpen aria-hidden />} disabled={busy} onClick={() => void actions.choose('folder')}>
            A folder
          </Button>
        </div>
      </div>
      <ul className="import-kinds">
        {kinds.map(({ icon: Icon, name, text }) => (
          <li key={name}>
            <Icon aria-hidden />
            <span>
              <strong>{name}</strong> {text}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
