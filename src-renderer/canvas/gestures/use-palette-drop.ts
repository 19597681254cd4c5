import { useReactFlow } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import { documentStore } from '../../state/document-store.ts';
import { paletteDragStore, type PaletteDrag } from '../../state/palette-drag.ts';
import { applyEdit } from '../edits/apply-edit.ts';
import { useCanvasStore } from '../canvas-store.ts';
import { landingOf } from '../layout/find-target.ts';
import { addEdit } from '../edits/add-edits.ts';
import type { Point } from '../layout/geometry.ts';
import { showLanding } from './show-landing.ts';

/** Takes blocks that are dragged in from the palette: onto the canvas, into a block, or onto a wire. */
export function usePaletteDrop(frame: RefObject<HTMLElement | null>): void {
  const store = useCanvasStore();
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    const show = (drag: PaletteDrag | null) => {
      const landing =
        drag === null || !isOver(frame.current, drag) ? null : landingOf(documentStore.getState().project.graph, drag.kind, screenToFlowPosition(drag));
      showLanding(store, landing, drag?.kind ?? null);
    };
    const take = (event: PointerEvent) => {
      const { drag } = paletteDragStore.getState();
      const at = { x: event.clientX, y: event.clientY };
      if (drag === null || !isOver(frame.current, at)) return;
      const { graph } = documentStore.getState().project;
      applyEdit(addEdit(graph, drag.kind, landingOf(graph, drag.kind, screenToFlowPosition(at))));
      frame.current?.focus({ preventScroll: true });
    };
    const unsubscribe = paletteDragStore.subscribe(({ drag }) => {
      show(drag);
    });
    window.addEventListener('pointerup', take, { capture: true });
    return () => {
      unsubscribe();
      window.removeEventListener('pointerup', take, { capture: true });
    };
  }, [store, screenToFlowPosition, frame]);
}

function isOver(frame: HTMLElement | null, at: Point): boolean {
  const box = frame?.getBoundingClientRect();
  return box !== undefined && at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom;
}
