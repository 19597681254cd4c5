import { FolderInput } from 'lucide-react';
import type { DataSpec } from '../../../src-engine/document/project.ts';
import { runCommand } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { SectionTitle } from '../../ui/SectionTitle.tsx';

const shown: Readonly<Record<string, string>> = {
  task: 'Task',
  format: 'Format',
  encoding: 'Encoding',
  window: 'Window',
  horizon: 'Horizon',
  stride: 'Stride',
  missing: 'Missing',
  unit: 'Read by',
  vocabulary: 'Vocabulary',
  length: 'Length',
};

/** What was decided on import. */
export function ImportedOptions({ data }: { readonly data: DataSpec }): React.JSX.Element {
  const rows = Object.entries(shown).flatMap(([key, name]) => (data.options[key] === undefined ? [] : [[name, String(data.options[key])] as const]));
  return (
    <>
      <SectionTitle>As imported</SectionTitle>
      <dl className="data-list">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
      <Button size="small" className="data-again" icon={<FolderInput aria-hidden />} onClick={() => runCommand('data.import')}>
        Import again…
      </Button>
    </>
  );
}
