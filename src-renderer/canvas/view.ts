import type { ReactFlowInstance } from '@xyflow/react';
import type { NodeId } from '../../src-engine/document/project.ts';
import { documentStore } from '../state/document-store.ts';
import type { FlowEdge, FlowNode } from './flow/flow-types.ts';
import type { Point } from './layout/geometry.ts';
import { placeNodes } from './layout/place-nodes.ts';

type View = ReactFlowInstance<FlowNode, FlowEdge>;

/** The point of the canvas in the middle of what is shown. */
export function viewCentre(view: View, frame: HTMLElement | null): Point {
  const box = frame?.getBoundingClientRect();
  return box === undefined ? { x: 0, y: 0 } : view.screenToFlowPosition({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
}

/** Milliseconds a change of view takes: none where the person asked for less motion. */
export function glide(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 150;
}

const MARGIN = 24;

/** Brings a node into sight, and out from under the minimap, without changing the zoom; nothing moves where it already is. Ends when the view rests. */
export async function revealNode(view: View, frame: HTMLElement | null, id: NodeId): Promise<void> {
  const place = placeNodes(documentStore.getState().project.graph).get(id);
  if (frame === null || place === undefined) return;
  const { x, y, zoom } = view.getViewport();
  const box = frame.getBoundingClientRect();
  const [left, right] = [place.left * zoom + x, (place.left + place.width) * zoom + x];
  const [top, bottom] = [place.top * zoom + y, (place.top + place.height) * zoom + y];
  const byX = shortfall(left, right, box.width);
  const map = frame.querySelector('.react-flow__minimap')?.getBoundingClientRect();
  const underMap = map !== undefined && right + byX > map.left - box.left && bottom > map.top - box.top;
  const byY = shortfall(top, bottom, underMap ? map.top - box.top : box.height);
  if (byX !== 0 || byY !== 0) await view.setViewport({ x: x + byX, y: y + byY, zoom }, { duration: glide() });
}

/** How far an interval must move to lie within 0..size with a margin. */
function shortfall(start: number, end: number, size: number): number {
  if (start < MARGIN) return MARGIN - start;
  return end > size - MARGIN ? Math.max(size - MARGIN - end, MARGIN - start) : 0;
}
