import { addNode, nextNodeId } from '../../src-engine/document/edits.ts';
import { kindSpec, NODE_KINDS } from '../../src-engine/document/node-kinds.ts';
import type { Graph, GraphNode, PortRef } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { kindLook, nodeTitle } from '../state/document/document-kinds.ts';
import { wireProblem, fittingPorts } from './edits/fitting-ports.ts';
import { addWiredEdit } from './edits/add-edits.ts';
import { connectEdit, type Edit } from './edits/flow-to-edits.ts';
import type { ConnectMenuState, LooseEnd } from './canvas-store.ts';

/** One line of a list at the canvas. */
export interface MenuOption {
  readonly id: string;
  readonly title: string;
  /** Which ports meet, or what the block is for. */
  readonly detail: string;
  readonly kind: string;
  readonly group: string;
  readonly edit: Edit;
}

/** Everything a node's free ports, or one loose end, can be wired to: ports on the canvas first, then new blocks. */
export function connectOptions(graph: Graph, signature: DataSignature | null, menu: ConnectMenuState): readonly MenuOption[] {
  const node = graph.nodes.find((each) => each.id === menu.node);
  if (node === undefined) return [];
  const ends = menu.end === null ? looseEnds(node) : [menu.end];
  return [...ends.flatMap((end) => existing(graph, signature, end)), ...ends.flatMap((end) => fresh(graph, signature, end, menu))];
}

function looseEnds(node: GraphNode): readonly LooseEnd[] {
  const spec = kindSpec(node.kind);
  const outputs = (spec?.outputs ?? []).map(({ name }) => ({ port: { node: node.id, port: name }, side: 'output' as const }));
  const inputs = (spec?.inputs ?? []).map(({ name }) => ({ port: { node: node.id, port: name }, side: 'input' as const }));
  return [...outputs, ...inputs];
}

function existing(graph: Graph, signature: DataSignature | null, end: LooseEnd): readonly MenuOption[] {
  return fittingPorts(graph, signature, end).flatMap((port) => {
    const other = graph.nodes.find((each) => each.id === port.node);
    const [from, to] = end.side === 'output' ? [end.port, port] : [port, end.port];
    const there = graph.wires.some((wire) => same(wire.from, from) && same(wire.to, to));
    if (other === undefined || there) return [];
    const arrow = `${portLabel(graph, from, 'outputs')} \u2192 ${portLabel(graph, to, 'inputs')}`;
    const title = end.side === 'output' ? `To ${nodeTitle(other)}` : `From ${nodeTitle(other)}`;
    return [
      {
        id: `${end.side}:${end.port.port}:${port.node}:${port.port}`,
        title,
        detail: arrow,
        kind: other.kind,
        group: 'Blocks on the canvas',
        edit: connectEdit(graph, from, to),
      },
    ];
  });
}

function same(a: PortRef, b: PortRef): boolean {
  return a.node === b.node && a.port === b.port;
}

function portLabel(graph: Graph, port: PortRef, side: 'inputs' | 'outputs'): string {
  const kind = graph.nodes.find((each) => each.id === port.node)?.kind ?? '';
  return kindSpec(kind)?.[side].find((each) => each.name === port.port)?.label ?? port.port;
}

/** Kinds of which a new block would fit; an empty block is no source of anything. */
function fresh(graph: Graph, signature: DataSignature | null, end: LooseEnd, menu: ConnectMenuState): readonly MenuOption[] {
  const after = end.side === 'output';
  const kinds = Object.values(NODE_KINDS).filter((spec) => after || spec.holds === null);
  return kinds.flatMap((spec): readonly MenuOption[] => {
    const ports = after ? spec.inputs.filter((input) => !input.optional) : spec.outputs;
    const id = nextNodeId(graph, spec.kind);
    const trial = addNode(graph, { id, kind: spec.kind, position: { x: 0, y: 0 } });
    const fitting = ports.find(({ name }) => {
      const own = { node: id, port: name };
      return wireProblem(trial, signature, after ? end.port : own, after ? own : end.port) === null;
    });
    if (fitting === undefined) return [];
    return [
      {
        id: `${end.side}:${end.port.port}:new:${spec.kind}`,
        title: kindLook(spec.kind).title,
        detail: menu.end === null && after && end.port.port !== 'out' ? `from ${portLabel(graph, end.port, 'outputs').toLowerCase()}` : spec.purpose,
        kind: spec.kind,
        group: after ? 'New block after it' : 'New block before it',
        edit: addWiredEdit(graph, spec.kind, end.port, fitting.name, end.side, menu.drop),
      },
    ];
  });
}
