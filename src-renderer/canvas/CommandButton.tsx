import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { commandStore, runCommand, useShortcut } from '../state/commands.ts';
import { IconButton } from '../ui/IconButton.tsx';

interface CommandButtonProps {
  readonly id: string;
  /** The command's own title where it is left out. */
  readonly label?: string;
  readonly icon: ReactNode;
  readonly side?: 'top' | 'bottom';
  /** Without it the command says so itself. */
  readonly disabled?: boolean;
}

/** A button that runs a command of the registry, with the command's name and keys as its tooltip. */
export function CommandButton({ id, label, icon, side = 'top', disabled }: CommandButtonProps) {
  const shortcut = useShortcut(id);
  const command = useStore(commandStore, (registry) => registry.get(id));
  const blocked = disabled ?? command?.enabled() === false;
  return <IconButton label={label ?? command?.title ?? id} icon={icon} shortcut={shortcut} side={side} disabled={blocked} onClick={() => runCommand(id)} />;
}
