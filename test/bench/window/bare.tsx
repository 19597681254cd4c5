import '@xyflow/react/dist/style.css';
import { Background, MiniMap, ReactFlow, useEdgesState, useNodesState, type Edge, type Node } from '@xyflow/react';
import { createRoot } from 'react-dom/client';
import { rowsOfCells } from './graphs.ts';

/** React Flow as its own examples use it, with its own nodes: what the canvas is compared with. */
const count = Number(new URLSearchParams(window.location.search).get('nodes') ?? '500');
const graph = rowsOfCells(count);
const NODES = graph.nodes.map((node): Node => ({
  id: node.id,
  position: { x: node.position?.x ?? 0, y: node.position?.y ?? 0 },
  data: { label: node.kind },
  width: 144,
  height: 84,
}));
const EDGES = graph.wires.map((wire): Edge => ({ id: wire.id, source: wire.from.node, target: wire.to.node }));

function Bare() {
  const [nodes, , onNodesChange] = useNodesState(NODES);
  const [edges, , onEdgesChange] = useEdgesState(EDGES);
  return (
    <ReactFlow nodes={nodes} edges={edges} onNodesChange={onNodesChange} onEdgesChange={onEdgesChange} panOnScroll minZoom={0.1} fitView>
      <Background />
      <MiniMap />
    </ReactFlow>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root element');
createRoot(root).render(<Bare />);
