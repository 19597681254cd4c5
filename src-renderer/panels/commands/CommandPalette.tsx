import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { Search } from 'lucide-react';
import { shortcutText, useCommands } from '../../state/commands.ts';
import { useWorkspace, workspaceStore } from '../../state/workspace-store.ts';
import { Kbd } from '../../ui/Kbd.tsx';
import { useFocusReturn } from '../../ui/popups/use-focus-return.ts';
import './commands.css';

function setOpen(commandsOpen: boolean): void {
  workspaceStore.setState({ commandsOpen });
}

/** Every command of the window, found by a few letters of its name. */
export function CommandPalette(): React.JSX.Element {
  const open = useWorkspace((workspace) => workspace.commandsOpen);
  const focusReturn = useFocusReturn();
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="ui-dialog-overlay" />
        <Dialog.Content className="commands" aria-describedby={undefined} {...focusReturn}>
          <Dialog.Title className="visually-hidden">Commands</Dialog.Title>
          <CommandList />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CommandList(): React.JSX.Element {
  const commands = useCommands().filter((command) => command.id !== 'view.commands');
  const groups = [...new Set(commands.map((command) => command.group))];
  const mac = navigator.platform.startsWith('Mac');
  return (
    <Command label="Commands" loop>
      <div className="commands-search">
        <Search aria-hidden />
        <Command.Input placeholder="What do you want to do?" />
      </div>
      <Command.List className="commands-list">
        <Command.Empty className="commands-empty">No command has that name.</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group}>
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <Command.Item
                  key={command.id}
                  value={`${command.title} ${command.group}`}
                  disabled={!command.enabled()}
                  onSelect={() => {
                    setOpen(false);
                    command.run();
                  }}
                >
                  <span>{command.title}</span>
                  {command.shortcuts[0] === undefined ? null : <Kbd>{shortcutText(command.shortcuts[0], mac)}</Kbd>}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
