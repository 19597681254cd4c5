import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { EXPORT_FORMATS } from '../../../src-engine/document/export-formats.ts';
import { runCommand, useShortcut } from '../../state/commands.ts';
import { hasTrained, useRun } from '../../state/run-store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import '../../ui/popups/popup.css';
import './export-menu.css';

/** The ways out for a trained model, each with what it is for. */
export function ExportMenu(): React.JSX.Element {
  const trained = useRun(hasTrained);
  const shortcut = useShortcut('file.export.json');
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild disabled={!trained}>
        <IconButton label={trained ? 'Export the trained model' : 'Export: train the model first'} icon={<Download />} disabled={!trained} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="ui-popup export-menu" align="end" sideOffset={4} collisionPadding={8}>
          {EXPORT_FORMATS.map(({ id, title, purpose }) => (
            <DropdownMenu.Item key={id} className="ui-popup-item export-item" onSelect={() => runCommand(`file.export.${id}`)}>
              <span>
                <span className="export-title">{title}</span>
                <span className="export-purpose">{purpose}</span>
              </span>
              {id === 'json' && shortcut !== null ? <Kbd>{shortcut}</Kbd> : null}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
