import { useCallback, type PointerEvent as ReactPointerEvent } from 'react';
import { paletteDragStore } from '../../state/palette-drag.ts';

/** Pixels the pointer moves before a press becomes a drag. */
const THRESHOLD = 4;

/** Starts dragging a kind of block out of the palette. Escape, or letting go outside of the canvas, ends it with nothing done. */
export function useKindDrag(): (event: ReactPointerEvent, kind: string) => void {
  return useCallback((start: ReactPointerEvent, kind: string) => {
    if (start.button !== 0) return;
    const from = { x: start.clientX, y: start.clientY };
    const move = (event: PointerEvent) => {
      const far = Math.hypot(event.clientX - from.x, event.clientY - from.y) >= THRESHOLD;
      if (!far && paletteDragStore.getState().drag === null) return;
      event.preventDefault();
      paletteDragStore.setState({ drag: { kind, x: event.clientX, y: event.clientY } });
    };
    const end = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', cancel, { capture: true });
      paletteDragStore.setState({ drag: null });
    };
    const cancel = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      end();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', cancel, { capture: true });
  }, []);
}
