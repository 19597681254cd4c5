import { insertOnWire } from '../../../src-engine/document/edits.ts';
import type { Graph, Position, Wire } from '../../../src-engine/document/project.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import { documentActions } from '../../state/document-store.ts';

function between(graph: Graph, wire: Wire): Position {
  const place = (id: string): Position => graph.nodes.find((node) => node.id === id)?.position ?? { x: 0, y: 0 };
  const from = place(wire.from.node);
  const to = place(wire.to.node);
  return { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) };
}

/** True where `applyRemedy` can carry out the problem's fix. */
export function hasRemedy({ remedy, wire }: Problem): boolean {
  return remedy !== null && wire !== null;
}

/** Puts the block that solves the problem on its wire, as one undo step. */
export function applyRemedy({ remedy, wire: id }: Problem): void {
  if (remedy === null || id === null) return;
  documentActions.edit(remedy.label, (graph) => {
    const wire = graph.wires.find((each) => each.id === id);
    return wire === undefined
      ? graph
      : insertOnWire(graph, id, { kind: remedy.node, position: between(graph, wire), ...(remedy.params === undefined ? {} : { params: remedy.params }) });
  });
}
