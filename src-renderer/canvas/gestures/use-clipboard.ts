import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { registerCommands } from '../../state/commands.ts';
import { createClipboard } from '../clipboard-commands.ts';
import type { FlowEdge, FlowNode } from '../flow/flow-types.ts';
import type { CanvasPointer } from './pointer.ts';

const TEXT = 'input, textarea, [contenteditable="true"], [role="dialog"]';

/** Words that are marked, or a field to type in: those are copied and pasted, not blocks. */
function isAboutText(target: EventTarget | null): boolean {
  const marked = window.getSelection();
  return (target instanceof Element && target.closest(TEXT) !== null) || (marked !== null && !marked.isCollapsed);
}

/** Blocks go through the system's clipboard as text, so that they pass between windows and into any editor. */
export function useClipboard(pointer: CanvasPointer): void {
  const { screenToFlowPosition } = useReactFlow<FlowNode, FlowEdge>();
  useEffect(() => {
    const clipboard = createClipboard({
      pointer: () => {
        const at = pointer.now();
        return at === null ? null : screenToFlowPosition(at);
      },
      write: (text) => navigator.clipboard.writeText(text),
      read: () => navigator.clipboard.readText(),
      refuse: ({ message, fix }) => {
        toast.error(message, { description: fix });
      },
    });
    let shift = false;
    const press = (event: KeyboardEvent) => {
      shift = event.shiftKey;
    };
    const take = (event: ClipboardEvent) => {
      const text = isAboutText(event.target) ? null : clipboard.take(event.type === 'cut');
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    };
    const put = (event: ClipboardEvent) => {
      if (isAboutText(event.target)) return;
      event.preventDefault();
      clipboard.put(event.clipboardData?.getData('text/plain') ?? '', shift);
    };
    const forget = registerCommands(clipboard.commands);
    window.addEventListener('keydown', press, { capture: true });
    document.addEventListener('copy', take);
    document.addEventListener('cut', take);
    document.addEventListener('paste', put);
    return () => {
      forget();
      window.removeEventListener('keydown', press, { capture: true });
      document.removeEventListener('copy', take);
      document.removeEventListener('cut', take);
      document.removeEventListener('paste', put);
    };
  }, [pointer, screenToFlowPosition]);
}
