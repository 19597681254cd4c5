import type { Project } from '../document/project.ts';

/** What of a project decides what its weights mean; a checkpoint keeps it, to know its own model again. */
export function identityOf({ graph, data, training }: Project): string {
  const nodes = graph.nodes.map(({ id, kind, parent, params, enabled }) => ({ id, kind, parent, params, enabled }));
  const wires = graph.wires.map(({ from, to }) => ({ from, to }));
  return JSON.stringify({ nodes, wires, data, bptt: training.bptt });
}
