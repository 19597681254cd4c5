import { problem, type Problem } from '../document/problems.ts';
import type { Project } from '../document/project.ts';

/** Blocks that need a whole sequence at once, and why. */
const WHOLE: Readonly<Record<string, string>> = {
  bidirectional: 'reads each sequence from its end',
  vector: 'reads one row of numbers, without steps',
  pool: 'looks at all steps of a sequence at once',
  repeat: 'makes a whole sequence of a vector',
  decoder: 'makes a whole sequence of a state',
};

/** U040 where sequences are to be cut into windows, but a block needs them whole. */
export function checkWindows({ graph, training }: Project): readonly Problem[] {
  if (training.bptt.mode === 'full') return [];
  const fix = 'Set training.bptt.mode to "full", or take the block away.';
  const place = { path: 'training.bptt' };
  const blocks = graph.nodes.flatMap(({ id, kind }) => {
    const why = WHOLE[kind];
    return why === undefined ? [] : [problem('U040', `Truncated BPTT cuts sequences into windows, but "${id}" ${why}.`, fix, place)];
  });
  const starts = graph.wires
    .filter(({ to }) => to.port === 'initial')
    .map(({ to }) => problem('U040', `Truncated BPTT hands states on from window to window, but "${to.node}" starts from another block's state.`, fix, place));
  return [...blocks, ...starts];
}
