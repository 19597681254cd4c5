import { useReactFlow, type NodeChange } from '@xyflow/react';
import { useMemo, type MouseEvent as ReactMouseEvent } from 'react';
import type { NodeId } from '../../../src-engine/document/project.ts';
import { documentStore } from '../../state/document-store.ts';
import { applyEdit } from '../edits/apply-edit.ts';
import { useCanvasStore, useDragStore, type DragStore } from '../canvas-store.ts';
import type { FlowNode } from '../flow/flow-types.ts';
import { findBlockAt, findWireAt } from '../layout/find-target.ts';
import { dropEdit, landingIn, spliceEdit, staysPut, type Landing } from '../edits/flow-to-edits.ts';
import type { Point } from '../layout/geometry.ts';
import { placeNodes } from '../layout/place-nodes.ts';
import { showLanding } from './show-landing.ts';

type Pointer = MouseEvent | TouchEvent | ReactMouseEvent;

interface DragHandlers {
  readonly follow: (changes: readonly NodeChange<FlowNode>[]) => void;
  readonly onDrag: (event: Pointer, nodes: readonly FlowNode[]) => void;
  readonly onDrop: (event: Pointer, nodes: readonly FlowNode[]) => void;
}

/** Nodes follow the pointer without touching the document; letting go is one edit. */
export function useDrag(): DragHandlers {
  const canvas = useCanvasStore();
  const moving = useDragStore();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(
    () => ({
      follow: (changes) => {
        followPointer(moving, changes);
      },
      onDrag: (event, nodes) => {
        const ids = nodes.map((node) => node.data.id);
        const landing = landingAt(screenToFlowPosition(pointerOf(event)), ids);
        showLanding(canvas, landing, newcomerTo(landing, nodes));
      },
      onDrop: (event, nodes) => {
        const at = screenToFlowPosition(pointerOf(event));
        drop(
          moving,
          at,
          nodes.map((node) => node.data.id),
        );
        showLanding(canvas, null, null);
      },
    }),
    [canvas, moving, screenToFlowPosition],
  );
}

/** The kind for which a block makes room; null where what is dragged stands in it already. */
function newcomerTo(landing: Landing | null, nodes: readonly FlowNode[]): string | null {
  const [first] = nodes;
  return landing?.kind !== 'block' || first === undefined || first.parentId === landing.block ? null : first.data.kind;
}

function followPointer(store: DragStore, changes: readonly NodeChange<FlowNode>[]): void {
  const moves = changes.flatMap((change) =>
    change.type === 'position' && change.dragging === true && change.position !== undefined ? [[change.id as NodeId, change.position] as const] : [],
  );
  if (moves.length > 0) store.setState(({ dragged }) => ({ dragged: new Map([...dragged, ...moves]) }));
}

function pointerOf(event: Pointer): Point {
  const place = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: place?.clientX ?? 0, y: place?.clientY ?? 0 };
}

/** The block or wire that takes the nodes when they are let go; null for the canvas. A wire takes one node that has no wires yet. */
function landingAt(at: Point, ids: readonly NodeId[]): Exclude<Landing, { kind: 'canvas' }> | null {
  const { graph } = documentStore.getState().project;
  const places = placeNodes(graph);
  const nodes = graph.nodes.filter((node) => ids.includes(node.id));
  const kinds = nodes.map((node) => node.kind);
  const block = findBlockAt(graph, places, at, kinds, ids);
  if (block !== null) return landingIn(places, block, at.x, new Set(ids));
  const [only] = nodes;
  const free = only !== undefined && nodes.length === 1 && !graph.wires.some((wire) => wire.from.node === only.id || wire.to.node === only.id);
  const wire = free ? findWireAt(graph, places, at, only.kind) : null;
  return wire === null ? null : { kind: 'wire', wire };
}

function drop(store: DragStore, at: Point, ids: readonly NodeId[]): void {
  const { graph } = documentStore.getState().project;
  const places = placeNodes(graph);
  const { dragged } = store.getState();
  const moved = ids.filter((id) => dragged.has(id));
  const positions = new Map(moved.map((id) => [id, onCanvas(graph, places, id, dragged.get(id))]));
  const landing = landingAt(at, moved);
  const [only] = moved;
  const nothing = only === undefined || (landing?.kind === 'block' && moved.length === 1 && staysPut(graph, only, landing));
  if (!nothing) applyEdit(landing?.kind === 'wire' ? spliceEdit(graph, only, landing.wire) : dropEdit(graph, positions, landing));
  store.setState({ dragged: new Map() });
}

function onCanvas(graph: Parameters<typeof placeNodes>[0], places: ReturnType<typeof placeNodes>, id: NodeId, at: Point | undefined): Point {
  const parent = graph.nodes.find((node) => node.id === id)?.parent;
  const origin = parent === undefined ? undefined : places.get(parent);
  return { x: (at?.x ?? 0) + (origin?.left ?? 0), y: (at?.y ?? 0) + (origin?.top ?? 0) };
}
