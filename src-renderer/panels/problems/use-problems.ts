import { useMemo } from 'react';
import type { Problem } from '../../../src-engine/document/problems.ts';
import { dataKey, useData } from '../../state/data-store.ts';
import { useDocument } from '../../state/document-store.ts';
import { useRun } from '../../state/run-store.ts';

const NONE: readonly Problem[] = [];

/** What the check finds in the drawing, then what only the session could find (data, memory), each once. */
function mergeProblems(checked: readonly Problem[], session: readonly Problem[]): readonly Problem[] {
  const key = (problem: Problem): string => JSON.stringify([problem.code, problem.node, problem.wire, problem.message]);
  return [...new Map([...checked, ...session].map((problem) => [key(problem), problem])).values()];
}

export function useProblems(): readonly Problem[] {
  // An empty canvas lacks everything: that is where one begins, not a mistake.
  const checked = useDocument(({ checked, project }) => (project.graph.nodes.length === 0 ? NONE : checked.problems));
  const session = useRun((run) => run.problems);
  const spec = useDocument((state) => state.project.data);
  const data = useData((state) => (spec !== null && state.key === dataKey(spec) ? state.problems : NONE));
  return useMemo(() => mergeProblems(checked, [...session, ...data]), [checked, session, data]);
}
