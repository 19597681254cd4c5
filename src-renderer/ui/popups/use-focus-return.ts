import { useRef } from 'react';

interface FocusReturn {
  readonly onOpenAutoFocus: () => void;
  readonly onCloseAutoFocus: (event: Event) => void;
}

/** For what opens over the window without a trigger of its own: when it closes, the focus goes back to where it was, unless something else has taken it. */
export function useFocusReturn(): FocusReturn {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      before.current = document.activeElement;
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      const back = before.current;
      if (document.activeElement !== document.body) return;
      if (back instanceof HTMLElement && back.isConnected) back.focus();
    },
  };
}
