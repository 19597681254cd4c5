import { useReactFlow } from '@xyflow/react';
import { Command } from 'cmdk';
import { useMemo, type RefObject } from 'react';
import { documentStore } from '../state/document-store.ts';
import { kindLook } from '../state/document/document-kinds.ts';
import { Chip } from '../ui/Chip.tsx';
import { Popover } from '../ui/popups/Popover.tsx';
import { applyEdit } from './edits/apply-edit.ts';
import { useCanvas, useCanvasStore, type CanvasMenu } from './canvas-store.ts';
import type { FlowEdge, FlowNode } from './flow/flow-types.ts';
import type { MenuOption } from './connect-options.ts';
import { menuOptions, menuWords } from './menu-options.ts';
import { revealNode } from './view.ts';
import './canvas-list.css';

type Frame = RefObject<HTMLElement | null>;

/** The list that is open at the canvas: what fits, a new block, a block to nest in. What is chosen is done, as one undo step. */
export function CanvasList({ frame }: { readonly frame: Frame }) {
  const store = useCanvasStore();
  const menu = useCanvas((state) => state.menu);
  const close = () => {
    store.setState({ menu: null });
    frame.current?.focus({ preventScroll: true });
  };
  if (menu === null) return null;
  return (
    <Popover open onOpenChange={close} label={menuWords(menu).label} at={menu.at}>
      <Choices menu={menu} frame={frame} onDone={close} />
    </Popover>
  );
}

interface ChoicesProps {
  readonly menu: CanvasMenu;
  readonly frame: Frame;
  readonly onDone: () => void;
}

function Choices({ menu, frame, onDone }: ChoicesProps) {
  const view = useReactFlow<FlowNode, FlowEdge>();
  const options = useMemo(() => {
    const { project, signature, selection } = documentStore.getState();
    return menuOptions(menu, { graph: project.graph, signature, selection });
  }, [menu]);
  const words = menuWords(menu);
  const groups = [...new Set(options.map((option) => option.group))];
  const choose = ({ edit }: MenuOption) => {
    onDone();
    applyEdit(edit);
    const [chosen] = documentStore.getState().selection.nodes;
    if (chosen !== undefined) void revealNode(view, frame.current, chosen);
  };
  return (
    <Command className="canvas-list" label={words.label} loop>
      <Command.Input className="canvas-list-search" placeholder={words.search} aria-label={words.search} autoFocus />
      <Command.List className="canvas-list-items">
        <Command.Empty className="canvas-list-empty">{words.none}</Command.Empty>
        {groups.map((group) => (
          <Command.Group key={group} heading={group} className="canvas-list-group">
            {options.flatMap((option) => (option.group === group ? [<Choice key={option.id} option={option} onChoose={choose} />] : []))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

function Choice({ option, onChoose }: { readonly option: MenuOption; readonly onChoose: (option: MenuOption) => void }) {
  const look = kindLook(option.kind);
  return (
    <Command.Item
      value={`${option.title} ${option.detail} ${option.id}`}
      className="ui-popup-item canvas-list-item"
      onSelect={() => {
        onChoose(option);
      }}
    >
      <Chip letter={look.letter} colour={look.colour} />
      <span className="canvas-list-title">{option.title}</span>
      <span className="canvas-list-detail">{option.detail}</span>
    </Command.Item>
  );
}
