import type { NodeId } from '../../../src-engine/document/project.ts';
import { useDocument } from '../../state/document-store.ts';
import { ProblemNote } from '../problems/ProblemNote.tsx';

/** What is wrong with a node, then what another choice would serve better, each with its fix. */
export function NodeProblems({ id }: { readonly id: NodeId }) {
  const problems = useDocument((state) => state.checked.problems);
  const hints = useDocument((state) => state.checked.hints);
  return (
    <>
      {problems
        .filter((each) => each.node === id)
        .map((each) => (
          <ProblemNote key={each.code + each.message} problem={each} tone="bad" />
        ))}
      {hints
        .filter((each) => each.node === id)
        .map((each) => (
          <ProblemNote key={each.code + each.message} problem={each} tone="hint" />
        ))}
    </>
  );
}
