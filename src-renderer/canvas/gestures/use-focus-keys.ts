import { useReactFlow } from '@xyflow/react';
import { useMemo, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import type { NodeId, WireId } from '../../../src-engine/document/project.ts';
import { runCommand } from '../../state/commands.ts';
import { documentActions, documentStore } from '../../state/document-store.ts';
import type { FlowEdge, FlowNode } from '../flow/flow-types.ts';
import { revealNode } from '../view.ts';

interface FocusHandlers {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/** Tab on the canvas itself opens the list of new blocks; on what stands on it, it moves on. Enter or Space selects the node or wire that has the focus, with Shift also; a node that gets the focus from the keyboard comes into sight. */
export function useFocusKeys(frame: RefObject<HTMLElement | null>): FocusHandlers {
  const view = useReactFlow<FlowNode, FlowEdge>();
  return useMemo(
    () => ({
      onKeyDown: (event) => {
        const bare = !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;
        if (event.key === 'Tab' && bare && event.target === frame.current) {
          event.preventDefault();
          runCommand('canvas.quickAdd');
          return;
        }
        const node = idOf(event.target, 'react-flow__node');
        const wire = idOf(event.target, 'react-flow__edge');
        if ((node === null && wire === null) || (event.key !== 'Enter' && event.key !== ' ')) return;
        event.preventDefault();
        const { selection } = documentStore.getState();
        const before = event.shiftKey ? selection : { nodes: [], wires: [] };
        documentActions.select({
          nodes: node === null ? before.nodes : [...new Set([...before.nodes, node as NodeId])],
          wires: wire === null ? before.wires : [...new Set([...before.wires, wire as WireId])],
        });
      },
      onFocus: (event) => {
        const node = idOf(event.target, 'react-flow__node');
        if (node !== null && event.target.matches(':focus-visible')) void revealNode(view, frame.current, node as NodeId);
      },
    }),
    [view, frame],
  );
}

function idOf(target: EventTarget, className: string): string | null {
  return target instanceof Element && target.classList.contains(className) ? target.getAttribute('data-id') : null;
}
