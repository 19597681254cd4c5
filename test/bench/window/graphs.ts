import type { Graph, GraphNode, NodeId, Project, Wire, WireId } from '../../../src-engine/document/project.ts';
import { emptyProject } from '../../../src-engine/document/defaults.ts';

const COLUMN = 240;
const ROW = 170;

/** Rows of cells behind one another, `count` nodes in all, each wired to the one before it; placed. */
export function rowsOfCells(count: number, perRow = 25): Graph {
  const nodes: GraphNode[] = [];
  const wires: Wire[] = [];
  for (let place = 0; place < count; place++) {
    const [row, column] = [Math.floor(place / perRow), place % perRow];
    const kind = column === 0 ? 'features' : place % 3 === 0 ? 'dense' : 'gru';
    nodes.push({ id: `n${place}` as NodeId, kind, position: { x: column * COLUMN, y: row * ROW }, params: column === 0 ? {} : { units: 16 } });
    if (column > 0) wires.push(wire(place, `n${place - 1}`, `n${place}`));
  }
  return { nodes, wires };
}

/** `count` nodes, four of five inside stacks and bidirectional blocks, three levels deep; the blocks wired in rows, without positions. */
export function nestedBlocks(count: number): Graph {
  const nodes: GraphNode[] = [];
  const wires: Wire[] = [];
  const outer: string[] = [];
  while (nodes.length + 5 <= count) {
    const place = outer.length;
    const [stack, bi, inner] = [`s${place}`, `b${place}`, `i${place}`];
    nodes.push(
      { id: stack as NodeId, kind: 'stack', params: {} },
      { id: bi as NodeId, kind: 'bidirectional', parent: stack as NodeId, params: {} },
      { id: inner as NodeId, kind: 'stack', parent: bi as NodeId, params: {} },
      { id: `g${place}` as NodeId, kind: 'gru', parent: inner as NodeId, params: { units: 8 } },
      { id: `l${place}` as NodeId, kind: 'lstm', parent: inner as NodeId, params: { units: 8 } },
    );
    if (place % 10 > 0) wires.push(wire(wires.length, `s${place - 1}`, stack));
    outer.push(stack);
  }
  return { nodes, wires };
}

function wire(number: number, from: string, to: string): Wire {
  return { id: `w${number}` as WireId, from: { node: from as NodeId, port: 'out' }, to: { node: to as NodeId, port: 'in' } };
}

export function projectWith(name: string, graph: Graph): Project {
  return { ...emptyProject(name), graph };
}
