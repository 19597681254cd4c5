import { ContextMenu } from 'radix-ui';
import { useRef, useState, type ReactNode } from 'react';
import type { NodeId, WireId } from '../../src-engine/document/project.ts';
import { commandStore, runCommand, shortcutText, type Command } from '../state/commands.ts';
import { documentActions, documentStore } from '../state/document-store.ts';
import { Kbd } from '../ui/Kbd.tsx';
import type { CanvasPointer } from './gestures/pointer.ts';
import './context-menu.css';

/** Ids of commands; each list stands between two lines. */
const ON_NODES = [
  ['edit.rename', 'edit.toggleEnabled', 'canvas.connect'],
  ['edit.copy', 'edit.cut', 'edit.duplicate', 'edit.duplicateWithWires'],
  ['edit.nest', 'edit.takeOut'],
  ['edit.delete'],
] as const;
const ON_SEVERAL = [
  ['canvas.align.left', 'canvas.align.centre', 'canvas.align.right', 'canvas.align.top', 'canvas.align.line', 'canvas.align.bottom'],
  ['canvas.distribute.across', 'canvas.distribute.down'],
  ['edit.toggleEnabled', 'edit.copy', 'edit.cut', 'edit.duplicate'],
  ['edit.nest', 'edit.takeOut'],
  ['edit.delete'],
] as const;
const ON_WIRE = [['canvas.insertOnWire'], ['edit.delete']] as const;
const ON_CANVAS = [['canvas.quickAdd'], ['edit.paste', 'edit.pasteWithWires'], ['edit.selectAll'], ['canvas.frameAll', 'canvas.layOut']] as const;

type Lists = readonly (readonly string[])[];

interface CanvasContextMenuProps {
  readonly pointer: CanvasPointer;
  /** The canvas; one element that takes a ref. */
  readonly children: ReactNode;
}

/** The commands for what is under the pointer, on the right button and on the keyboard's menu key. */
export function CanvasContextMenu({ pointer, children }: CanvasContextMenuProps) {
  const [lists, setLists] = useState<Lists>(ON_CANVAS);
  const release = useRef<() => void>(() => undefined);
  const onContextMenu = (event: React.MouseEvent) => {
    setLists(listsFor(event.target));
    release.current();
    release.current = pointer.hold({ x: event.clientX, y: event.clientY });
  };
  return (
    // Not modal: hiding the rest of the window from readers would hide what still can have the focus.
    <ContextMenu.Root
      modal={false}
      onOpenChange={(open) => {
        if (!open) setTimeout(release.current);
      }}
    >
      <ContextMenu.Trigger asChild onContextMenu={onContextMenu}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className="ui-popup context-menu"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
          }}
        >
          {lists.map((ids, place) => (
            <MenuList key={ids.join()} ids={ids} first={place === 0} />
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

function MenuList({ ids, first }: { readonly ids: readonly string[]; readonly first: boolean }) {
  const registry = commandStore.getState();
  const commands = ids.flatMap((id) => registry.get(id) ?? []);
  return (
    <>
      {first ? null : <ContextMenu.Separator className="context-menu-line" />}
      {commands.map((command) => (
        <MenuItem key={command.id} command={command} />
      ))}
    </>
  );
}

function MenuItem({ command }: { readonly command: Command }) {
  const [shortcut] = command.shortcuts;
  return (
    <ContextMenu.Item
      className="ui-popup-item context-menu-item"
      disabled={!command.enabled()}
      onSelect={() => {
        // After the menu has gone, so that what the command opens keeps the focus.
        requestAnimationFrame(() => runCommand(command.id));
      }}
    >
      <span>{command.title}</span>
      {shortcut === undefined ? null : <Kbd>{shortcutText(shortcut, navigator.platform.startsWith('Mac'))}</Kbd>}
    </ContextMenu.Item>
  );
}

/** Selects what is under the pointer, unless it is selected already, and says which commands suit it. */
function listsFor(target: EventTarget): Lists {
  const element = target instanceof Element ? target : null;
  const node = element?.closest('.react-flow__node')?.getAttribute('data-id');
  const wire = element?.closest('.react-flow__edge')?.getAttribute('data-id');
  const { selection } = documentStore.getState();
  if (element?.closest('.react-flow__nodesselection') || (typeof node === 'string' && selection.nodes.includes(node as NodeId))) {
    return selection.nodes.length > 1 ? ON_SEVERAL : ON_NODES;
  }
  if (typeof node === 'string') {
    documentActions.select({ nodes: [node as NodeId] });
    return ON_NODES;
  }
  if (typeof wire === 'string') {
    documentActions.select({ wires: [wire as WireId] });
    return ON_WIRE;
  }
  return ON_CANVAS;
}
