import { useReactFlow, type Connection, type FinalConnectionState, type IsValidConnection, type OnConnectStart } from '@xyflow/react';
import { useMemo } from 'react';
import type { NodeId, PortRef } from '../../../src-engine/document/project.ts';
import { documentStore } from '../../state/document-store.ts';
import { applyEdit } from '../edits/apply-edit.ts';
import { portKey, useCanvasStore, type CanvasStore, type LooseEnd } from '../canvas-store.ts';
import type { FlowEdge } from '../flow/flow-types.ts';
import { findFit, fittingKeys, wireProblem } from '../edits/fitting-ports.ts';
import { connectEdit } from '../edits/flow-to-edits.ts';
import type { Point } from '../layout/geometry.ts';

interface WiringHandlers {
  readonly onConnectStart: OnConnectStart;
  readonly onConnect: (connection: Connection) => void;
  readonly onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => void;
  readonly isValidConnection: IsValidConnection<FlowEdge>;
}

/** Drawing a wire with the pointer: what fits glows; what does not is explained where it was let go. */
export function useWiring(): WiringHandlers {
  const store = useCanvasStore();
  const { screenToFlowPosition } = useReactFlow();
  return useMemo(
    () => ({
      onConnectStart: (_event, { nodeId, handleId, handleType }) => {
        if (nodeId === null || handleId === null) return;
        const loose: LooseEnd = { port: { node: nodeId as NodeId, port: handleId }, side: handleType === 'target' ? 'input' : 'output' };
        const { project, signature } = documentStore.getState();
        store.setState({ loose, fitting: fittingKeys(project.graph, signature, loose), refusal: null, menu: null });
      },
      isValidConnection: ({ target, targetHandle, source, sourceHandle }) => {
        const { fitting, loose } = store.getState();
        if (fitting === null || loose === null) return false;
        const other = loose.side === 'output' ? { node: target, port: targetHandle } : { node: source, port: sourceHandle };
        return fitting.has(portKey({ node: other.node as NodeId, port: other.port ?? 'in' }, loose.side === 'output' ? 'input' : 'output'));
      },
      onConnect: ({ source, sourceHandle, target, targetHandle }) => {
        const from = { node: source as NodeId, port: sourceHandle ?? 'out' };
        const to = { node: target as NodeId, port: targetHandle ?? 'in' };
        applyEdit(connectEdit(documentStore.getState().project.graph, from, to));
      },
      onConnectEnd: (event, state) => {
        const { loose } = store.getState();
        store.setState({ loose: null, fitting: null });
        const at = pointOf(event);
        if (loose !== null && state.isValid !== true) land(store, loose, portUnder(state, loose), at, screenToFlowPosition(at));
      },
    }),
    [store, screenToFlowPosition],
  );
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  const place = 'changedTouches' in event ? event.changedTouches[0] : event;
  return { x: place?.clientX ?? 0, y: place?.clientY ?? 0 };
}

/** The port the wire was let go at, if it is on the other side. */
function portUnder(state: FinalConnectionState, loose: LooseEnd): PortRef | null {
  const handle = state.toHandle;
  if (handle === null || typeof handle.id !== 'string') return null;
  return (handle.type === 'target') === (loose.side === 'output') ? { node: handle.nodeId as NodeId, port: handle.id } : null;
}

/** A wire that ends at no fitting port: on a block it takes its first fitting port, on empty canvas it asks what to add, else it says why not. */
function land(store: CanvasStore, loose: LooseEnd, port: PortRef | null, at: Point, drop: Point): void {
  if (port !== null) {
    refuse(store, loose, port, at);
    return;
  }
  const under = document.elementFromPoint(at.x, at.y)?.closest('.react-flow__node')?.getAttribute('data-id');
  const { project, signature } = documentStore.getState();
  const mine = project.graph.nodes.find((node) => node.id === loose.port.node);
  const other = project.graph.nodes.find((node) => node.id === under);
  if (mine === undefined || other === mine) return;
  if (other === undefined) {
    if (document.elementFromPoint(at.x, at.y)?.closest('.react-flow__pane') !== null)
      store.setState({ menu: { kind: 'connect', node: mine.id, end: loose, at, drop } });
    return;
  }
  const fit = loose.side === 'output' ? findFit(project.graph, signature, mine, other, loose.port) : findFit(project.graph, signature, other, mine);
  if (fit === null) refuse(store, loose, { node: other.id, port: loose.side === 'output' ? 'in' : 'out' }, at);
  else applyEdit(connectEdit(project.graph, fit.from, fit.to));
}

function refuse(store: CanvasStore, loose: LooseEnd, port: PortRef, at: Point): void {
  const [from, to] = loose.side === 'output' ? [loose.port, port] : [port, loose.port];
  const { project, signature } = documentStore.getState();
  const problem = wireProblem(project.graph, signature, from, to);
  if (problem !== null) store.setState({ refusal: { from, to, problem, at } });
}
