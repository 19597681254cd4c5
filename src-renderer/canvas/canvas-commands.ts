import type { ReactFlowInstance } from '@xyflow/react';
import { setParent } from '../../src-engine/document/edits.ts';
import { NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import type { Graph, GraphNode, NodeId, Wire } from '../../src-engine/document/project.ts';
import type { Command } from '../state/commands.ts';
import { nodeTitle } from '../state/document/document-kinds.ts';
import { documentActions, documentStore } from '../state/document-store.ts';
import { applyEdit } from './edits/apply-edit.ts';
import type { CanvasMenu, CanvasStore } from './canvas-store.ts';
import type { FlowEdge, FlowNode } from './flow/flow-types.ts';
import { addBesideEdit, addEdit, anchorOf } from './edits/add-edits.ts';
import { wireMiddle } from './layout/find-target.ts';
import { goesBetween } from './edits/flow-to-edits.ts';
import { looseNeighbour } from './loose-neighbour.ts';
import { portPoint, type Point } from './layout/geometry.ts';
import { layOutAll, type CanvasVoice } from './layout/lay-out.ts';
import { arrangeCommands, nodeCommands } from './node-commands.ts';
import { placeNodes } from './layout/place-nodes.ts';
import { glide, revealNode, viewCentre } from './view.ts';

export type FlowView = ReactFlowInstance<FlowNode, FlowEdge>;

/** How far an arrow key moves what is selected, in canvas pixels; with Shift one by one. */
const NUDGE = 11;

export interface CanvasParts {
  readonly view: FlowView;
  readonly store: CanvasStore;
  readonly frame: () => HTMLElement | null;
  /** Where the pointer is over the canvas, in pixels of the window; null while it is elsewhere. */
  readonly pointer: () => Point | null;
  /** Says a sentence: of a refusal, or of work that takes long. */
  readonly say: CanvasVoice;
}

/** Commands of the open canvas. */
export function canvasCommands(parts: CanvasParts): readonly Command[] {
  const beside = (id: NodeId) => besideNode(parts, id);
  return [
    ...viewCommands(parts),
    ...menuCommands(parts),
    ...nodeCommands({ store: parts.store, beside, refuse: parts.say.refuse }),
    ...arrangeCommands(),
    ...nudgeCommands(),
    ...addCommands(parts),
  ];
}

const FRAME = { padding: 0.06, maxZoom: 1 } as const;

function viewCommands({ view, say }: CanvasParts): readonly Command[] {
  const hasNodes = () => documentStore.getState().project.graph.nodes.length > 0;
  const always = () => true;
  const entry = (id: string, title: string, shortcuts: readonly string[], enabled: () => boolean, run: () => void): Command => ({
    id: `canvas.${id}`,
    title,
    group: 'View',
    shortcuts,
    enabled,
    run,
  });
  return [
    entry('frameAll', 'Frame all', ['f'], hasNodes, () => void view.fitView({ ...FRAME, duration: glide() })),
    entry('zoomIn', 'Zoom in', ['$mod+=', '='], always, () => void view.zoomIn({ duration: glide() })),
    entry('zoomOut', 'Zoom out', ['$mod+-', '-'], always, () => void view.zoomOut({ duration: glide() })),
    entry('layOut', 'Lay out from left to right', ['Shift+l'], hasNodes, () => {
      void layOutAll(say, () => void view.fitView({ ...FRAME, duration: glide() }));
    }),
  ];
}

/** `add.gru` and so on: what Enter in the palette and the command palette run. */
function addCommands({ view, store, frame }: CanvasParts): readonly Command[] {
  return Object.values(NODE_KINDS).map((spec) => ({
    id: `add.${spec.kind}`,
    title: `Add ${spec.title}`,
    group: 'Add',
    shortcuts: [],
    enabled: () => true,
    run: () => {
      const { project, signature, selection } = documentStore.getState();
      const [wire] = selection.wires;
      const beside = selection.nodes.at(-1) ?? null;
      const onWire = wire !== undefined && beside === null && goesBetween(spec.kind);
      const anchor = onWire ? null : anchorOf(project.graph, beside);
      applyEdit(
        onWire
          ? addEdit(project.graph, spec.kind, { kind: 'wire', wire })
          : addBesideEdit(project.graph, signature, spec.kind, beside, viewCentre(view, frame())),
      );
      const [added] = documentStore.getState().selection.nodes;
      if (added === undefined) return;
      void revealNode(view, frame(), added).then(() => {
        explainLoose({ view, store }, anchor?.id ?? null, added);
      });
    },
  }));
}

/** Shows, at the input of a block that was just added, why the wire one expects there is missing, with the block that mends it. */
function explainLoose({ view, store }: Pick<CanvasParts, 'view' | 'store'>, before: NodeId | null, added: NodeId): void {
  const { project, signature } = documentStore.getState();
  const loose = looseNeighbour(project.graph, signature, before, added);
  const node = project.graph.nodes.find(({ id }) => id === added);
  const place = loose === null || node === undefined ? null : portPoint(node, loose.to.port, 'input', placeNodes(project.graph));
  if (loose !== null && place !== null) store.setState({ menu: null, refusal: { ...loose, at: view.flowToScreenPosition(place), next: added } });
}

function nudgeCommands(): readonly Command[] {
  const enabled = () => documentStore.getState().selection.nodes.length > 0;
  const directions = [
    ['Left', -1, 0],
    ['Right', 1, 0],
    ['Up', 0, -1],
    ['Down', 0, 1],
  ] as const;
  return directions.flatMap(([name, x, y]) =>
    ([1, NUDGE] as const).map((by) => ({
      id: `canvas.move${name}${by === 1 ? 'Finely' : ''}`,
      title: `Move selection ${name.toLowerCase()}${by === 1 ? ' by one pixel' : ''}`,
      group: 'Arrange',
      shortcuts: [by === 1 ? `Shift+Arrow${name}` : `Arrow${name}`],
      enabled,
      run: (press?: { readonly repeat: boolean }) => {
        nudge(x * by, y * by, press?.repeat === true);
      },
    })),
  );
}

/** Moves what is selected; a child of a block changes places with its neighbour instead. A key held down is one undo step. */
function nudge(x: number, y: number, continues: boolean): void {
  const { project, selection } = documentStore.getState();
  const selected = project.graph.nodes.filter((node) => selection.nodes.includes(node.id));
  const [only] = selected;
  if (only === undefined) return;
  if (selected.length === 1 && only.parent !== undefined) {
    if (x !== 0) documentActions.edit(`Reorder ${nodeTitle(only)}`, (graph) => swapWithNeighbour(graph, only, x > 0 ? 1 : -1), { continues });
    return;
  }
  const places = placeNodes(project.graph);
  const label = `Move ${selected.length === 1 ? nodeTitle(only) : `${selected.length} blocks`}`;
  const change = (node: GraphNode): GraphNode => {
    const place = places.get(node.id);
    return place === undefined || node.parent !== undefined || !selection.nodes.includes(node.id)
      ? node
      : { ...node, position: { x: place.left + x, y: place.top + y } };
  };
  documentActions.edit(label, (graph) => ({ ...graph, nodes: graph.nodes.map(change) }), { continues });
}

function swapWithNeighbour(graph: Graph, node: GraphNode, direction: 1 | -1): Graph {
  const siblings: readonly NodeId[] = graph.nodes.filter((each) => each.parent === node.parent).map((each) => each.id);
  const place = siblings.indexOf(node.id);
  const target = place + direction;
  if (node.parent === undefined || target < 0 || target >= siblings.length) return graph;
  return setParent(graph, node.id, node.parent, node.position ?? { x: 0, y: 0 }, siblings[direction === 1 ? target + 1 : target]);
}

/** Where a list about a node opens, in pixels of the window: at its output, which comes into sight. */
function besideNode({ view, frame }: CanvasParts, id: NodeId): Point {
  void revealNode(view, frame(), id);
  const place = placeNodes(documentStore.getState().project.graph).get(id);
  return view.flowToScreenPosition({ x: (place?.left ?? 0) + (place?.width ?? 0), y: (place?.top ?? 0) + (place?.portY ?? 0) });
}

/** Commands that open a list. */
function menuCommands(parts: CanvasParts): readonly Command[] {
  const { view, store, frame, pointer } = parts;
  const open = (menu: CanvasMenu) => {
    store.setState({ menu, refusal: null });
  };
  const onlyNode = () => {
    const { selection, project } = documentStore.getState();
    return selection.nodes.length === 1 ? project.graph.nodes.find((node) => node.id === selection.nodes[0]) : undefined;
  };
  return [
    {
      id: 'canvas.quickAdd',
      title: 'Add a block\u2026',
      group: 'Edit',
      shortcuts: ['Shift+a'],
      enabled: () => true,
      run: () => {
        const at = pointer();
        const centre = viewCentre(view, frame());
        open({ kind: 'add', at: at ?? view.flowToScreenPosition(centre), drop: at === null ? null : view.screenToFlowPosition(at), centre });
      },
    },
    {
      id: 'canvas.insertOnWire',
      title: 'Insert on the wire\u2026',
      group: 'Edit',
      shortcuts: ['i'],
      enabled: () => selectedWire() !== null,
      run: () => {
        const wire = selectedWire();
        const { graph } = documentStore.getState().project;
        const at = wire === null ? null : wireMiddle(graph, wire);
        if (wire !== null && at !== null) open({ kind: 'insert', wire: wire.id, at: view.flowToScreenPosition(at) });
      },
    },
    {
      id: 'canvas.connect',
      title: 'Connect to\u2026',
      group: 'Edit',
      shortcuts: ['w'],
      enabled: () => onlyNode()?.parent === undefined && onlyNode() !== undefined,
      run: () => {
        const node = onlyNode();
        if (node !== undefined) open({ kind: 'connect', node: node.id, end: null, at: besideNode(parts, node.id), drop: null });
      },
    },
  ];
}

/** The one wire that is selected, where a block can be put on it. */
function selectedWire(): Wire | null {
  const { selection, project } = documentStore.getState();
  if (selection.wires.length !== 1 || selection.nodes.length > 0) return null;
  const wire = project.graph.wires.find((each) => each.id === selection.wires[0]);
  const source = project.graph.nodes.find((node) => node.id === wire?.from.node);
  return wire === undefined || source?.parent !== undefined ? null : wire;
}
