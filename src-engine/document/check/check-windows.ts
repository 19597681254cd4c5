import { problem, type Problem } from '../problems.ts';
import type { Graph, Project } from '../project.ts';

/** Blocks that need a whole sequence at once, and why. */
const WHOLE: Readonly<Record<string, string>> = {
  bidirectional: 'reads each sequence from its end',
  vector: 'reads one row of numbers, without steps',
  pool: 'looks at all steps of a sequence at once',
  repeat: 'makes a whole sequence of a vector',
  decoder: 'makes a whole sequence of a state',
};

/** What of a graph cannot be read step by step with states handed on: the node, and a clause that says why. */
export function wholeSequenceNodes({ nodes, wires }: Graph): readonly { readonly node: string; readonly why: string }[] {
  const off = new Set<string>(nodes.flatMap(({ id, enabled }) => (enabled === false ? [id] : [])));
  const blocks = nodes.flatMap(({ id, kind }) => {
    const why = off.has(id) ? undefined : WHOLE[kind];
    return why === undefined ? [] : [{ node: id, why }];
  });
  const starts = wires.filter(({ to }) => to.port === 'initial' && !off.has(to.node));
  return [...blocks, ...starts.map(({ to }) => ({ node: to.node, why: "starts from another block's state" }))];
}

/** U040 where sequences are to be cut into windows, but a block needs them whole. */
export function checkWindows({ graph, training }: Project): readonly Problem[] {
  if (training.bptt.mode === 'full') return [];
  const fix = 'Set training.bptt.mode to "full", or take the block away.';
  return wholeSequenceNodes(graph).map(({ node, why }) =>
    problem('U040', `Truncated BPTT cuts sequences into windows and hands states on, but "${node}" ${why}.`, fix, { path: 'training.bptt' }),
  );
}
