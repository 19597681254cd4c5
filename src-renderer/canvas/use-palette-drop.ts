import { useReactFlow } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import { documentStore } from '../state/document-store.ts';
import { paletteDragStore, type PaletteDrag } from '../state/palette-drag.ts';
import { applyEdit } from './apply-edit.ts';
import { useCanvasStore } from './canvas-store.ts';
import { findBlockAt, findWireAt } from './find-target.ts';
import { addEdit } from './add-edits.ts';
import { landingIn, type Landing } from './flow-to-edits.ts';
import type { Point } from './geometry.ts';
import { placeNodes } from './place-nodes.ts';

const NO_ONE = new Set<never>();

/** Takes blocks that are dragged in from the palette: onto the canvas, into a block, or onto a wire. */
export function usePaletteDrop(frame: RefObject<HTMLElement | null>): void {
  const store = useCanvasStore();
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    const show = (drag: PaletteDrag | null) => {
      const landing = drag === null || !isOver(frame.current, drag) ? null : landingOf(drag.kind, screenToFlowPosition(drag));
      store.setState({ target: landing?.kind === 'block' ? landing.block : null, targetWire: landing?.kind === 'wire' ? landing.wire : null });
    };
    const take = (event: PointerEvent) => {
      const { drag } = paletteDragStore.getState();
      const at = { x: event.clientX, y: event.clientY };
      if (drag === null || !isOver(frame.current, at)) return;
      applyEdit(addEdit(documentStore.getState().project.graph, drag.kind, landingOf(drag.kind, screenToFlowPosition(at))));
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

function landingOf(kind: string, at: Point): Landing {
  const { graph } = documentStore.getState().project;
  const places = placeNodes(graph);
  const block = findBlockAt(graph, places, at, [kind], []);
  if (block !== null) return landingIn(places, block, at.x, NO_ONE);
  const wire = findWireAt(graph, places, at, kind);
  return wire === null ? { kind: 'canvas', at } : { kind: 'wire', wire };
}
