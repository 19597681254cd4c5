import { Background, ConnectionLineType, MiniMap, ReactFlow, SelectionMode, useReactFlow, useStore, type EdgeTypes, type NodeTypes } from '@xyflow/react';
import { useEffect, useRef, type MouseEvent, type RefObject } from 'react';
import { registerCommands, runCommand } from '../state/commands.ts';
import { BlockNode } from './nodes/BlockNode.tsx';
import { canvasCommands, type FlowView } from './canvas-commands.ts';
import { CanvasContextMenu } from './CanvasContextMenu.tsx';
import { CanvasControls } from './CanvasControls.tsx';
import { CanvasList } from './CanvasList.tsx';
import { canvasVoice } from './canvas-voice.ts';
import { useCanvasStore } from './canvas-store.ts';
import { EmptyCanvas } from './EmptyCanvas.tsx';
import type { FlowEdge, FlowNode } from './flow/flow-types.ts';
import { InnerEdge } from './InnerEdge.tsx';
import { NodeCard } from './nodes/NodeCard.tsx';
import { useCanvasPointer, type CanvasPointer } from './gestures/pointer.ts';
import { RefusalPopover } from './RefusalPopover.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SlotNode } from './nodes/SlotNode.tsx';
import { useClipboard } from './gestures/use-clipboard.ts';
import { useDrag } from './gestures/use-drag.ts';
import { FIRST_VIEW, useFirstView } from './gestures/use-first-view.ts';
import { useFlow } from './flow/use-flow.ts';
import { useFocusKeys } from './gestures/use-focus-keys.ts';
import { usePaletteDrop } from './gestures/use-palette-drop.ts';
import { useSelecting } from './gestures/use-selecting.ts';
import { useWiring } from './gestures/use-wiring.ts';
import { WireEdge } from './WireEdge.tsx';

const NODE_TYPES: NodeTypes = { card: NodeCard, block: BlockNode, slot: SlotNode };
const EDGE_TYPES: EdgeTypes = { wire: WireEdge, inner: InnerEdge };
/** The middle button; the left one selects by box, and pans while Space is held. The right one opens the menu. */
const PAN_BUTTONS = [1];
const MULTI_SELECT_KEYS = ['Shift', 'Meta', 'Control'];
/**
 * From this many nodes on only those in sight are drawn. Below it the Tab key reaches every one, and panning costs less: bringing cards
 * in and out of the page is dearer than keeping them (`test/bench/window.ts`).
 */
const CULL_FROM = 600;
/** React Flow draws the map for this size, whatever the style sheet says. */
const MAP_SIZE = { width: 150, height: 88 } as const;
/** Below this zoom cards show only their title, larger. */
const FAR = 0.7;
/** Below this one no word could be read: cards are plain tiles in the colour of their kind, which is what panning hundreds of them costs least. */
const FARTHER = 0.3;

export function CanvasView() {
  const frame = useRef<HTMLDivElement>(null);
  const { nodes, edges } = useFlow();
  const drag = useDrag();
  const wiring = useWiring();
  const selecting = useSelecting();
  const far = useStore((state) => state.transform[2] < FAR);
  const farther = useStore((state) => state.transform[2] < FARTHER);
  const store = useCanvasStore();
  useEffect(() => {
    store.setState({ farther });
  }, [store, farther]);
  const pointer = useCanvasPointer(frame);
  usePaletteDrop(frame);
  useClipboard(pointer);
  useCommands(frame, pointer);
  const keys = useFocusKeys(frame);
  return (
    <CanvasContextMenu pointer={pointer}>
      <div
        ref={frame}
        className="canvas"
        data-far={far}
        data-farther={farther}
        tabIndex={-1}
        role="region"
        aria-label="Canvas"
        onDoubleClick={addAtPointer}
        {...keys}
      >
        <ReactFlow<FlowNode, FlowEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={(changes) => {
            drag.follow(changes);
            selecting.onNodesChange(changes);
          }}
          onEdgesChange={selecting.onEdgesChange}
          onNodeDrag={(event, _node, moving) => {
            drag.onDrag(event, moving);
          }}
          onNodeDragStop={(event, _node, moving) => {
            drag.onDrop(event, moving);
          }}
          onSelectionDrag={drag.onDrag}
          onSelectionDragStop={drag.onDrop}
          {...wiring}
          connectionLineType={ConnectionLineType.Bezier}
          connectionRadius={28}
          connectOnClick={false}
          deleteKeyCode={null}
          disableKeyboardA11y
          multiSelectionKeyCode={MULTI_SELECT_KEYS}
          selectionOnDrag
          selectionMode={SelectionMode.Partial}
          panOnDrag={PAN_BUTTONS}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.1}
          maxZoom={2.5}
          onlyRenderVisibleElements={nodes.length > CULL_FROM}
          fitView
          fitViewOptions={FIRST_VIEW}
          proOptions={{ hideAttribution: true }}
        >
          {farther ? null : <Background gap={22} size={1.6} color="var(--line2)" />}
          <CanvasControls />
          {nodes.length === 0 ? null : (
            <MiniMap<FlowNode>
              pannable
              zoomable
              ariaLabel="Map of the canvas"
              className="canvas-map"
              style={MAP_SIZE}
              nodeClassName={mapClass}
              nodeColor={mapColour}
              nodeBorderRadius={5}
            />
          )}
          <SelectionBar />
          <EmptyCanvas />
        </ReactFlow>
        <CanvasList frame={frame} />
        <RefusalPopover />
      </div>
    </CanvasContextMenu>
  );
}

/** A double press on the canvas itself, not on what stands on it. */
function addAtPointer({ target }: MouseEvent): void {
  if (target instanceof Element && target.classList.contains('react-flow__pane')) runCommand('canvas.quickAdd');
}

const mapClass = (node: FlowNode) => `map-${node.type}`;
const mapColour = (node: FlowNode) => (node.type === 'block' ? 'transparent' : `var(${node.data.colour})`);

/** The canvas's commands and its first view while it is open. */
function useCommands(frame: RefObject<HTMLDivElement | null>, pointer: CanvasPointer): void {
  const view: FlowView = useReactFlow<FlowNode, FlowEdge>();
  const store = useCanvasStore();
  useEffect(
    () => registerCommands(canvasCommands({ view, store, frame: () => frame.current, pointer: () => pointer.now(), say: canvasVoice })),
    [view, store, frame, pointer],
  );
  useFirstView(view);
}
