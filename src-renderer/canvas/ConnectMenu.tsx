import { Command } from 'cmdk';
import { useMemo } from 'react';
import { kindLook } from '../state/document-kinds.ts';
import { documentStore } from '../state/document-store.ts';
import { Chip } from '../ui/Chip.tsx';
import { Popover } from '../ui/Popover.tsx';
import { applyEdit } from './apply-edit.ts';
import { useCanvas, useCanvasStore, type ConnectMenuState } from './canvas-store.ts';
import { CONNECT_GROUPS, connectOptions, type ConnectOption } from './connect-options.ts';
import './connect-menu.css';

/** The list of what fits a node or a loose wire, wired on choice. */
export function ConnectMenu() {
  const store = useCanvasStore();
  const menu = useCanvas((state) => state.menu);
  const close = () => {
    store.setState({ menu: null });
  };
  if (menu === null) return null;
  return (
    <Popover open onOpenChange={close} label="Connect to" at={menu.at}>
      <ConnectList menu={menu} onDone={close} />
    </Popover>
  );
}

function ConnectList({ menu, onDone }: { readonly menu: ConnectMenuState; readonly onDone: () => void }) {
  const options = useMemo(() => {
    const { project, signature } = documentStore.getState();
    return connectOptions(project.graph, signature, menu);
  }, [menu]);
  return (
    <Command className="connect-menu" label="What fits">
      <Command.Input className="connect-search" placeholder="Connect to" aria-label="Find what fits" autoFocus />
      <Command.List className="connect-list">
        <Command.Empty className="connect-empty">Nothing fits here.</Command.Empty>
        {CONNECT_GROUPS.map((group) => {
          const items = options.filter((option) => option.group === group);
          return items.length === 0 ? null : (
            <Command.Group key={group} heading={group} className="connect-group">
              {items.map((option) => (
                <ConnectItem key={option.id} option={option} onDone={onDone} />
              ))}
            </Command.Group>
          );
        })}
      </Command.List>
    </Command>
  );
}

function ConnectItem({ option, onDone }: { readonly option: ConnectOption; readonly onDone: () => void }) {
  const look = kindLook(option.kind);
  return (
    <Command.Item
      value={`${option.title} ${option.detail} ${option.id}`}
      className="ui-popup-item connect-item"
      onSelect={() => {
        onDone();
        applyEdit(option.edit);
      }}
    >
      <Chip letter={look.letter} colour={look.colour} />
      <span className="connect-title">{option.title}</span>
      <span className="connect-detail">{option.detail}</span>
    </Command.Item>
  );
}
