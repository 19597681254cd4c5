import { CircleCheck, TriangleAlert } from 'lucide-react';
import { PROBLEM_TITLES, type Problem } from '../../../src-engine/document/problems.ts';
import { documentActions, useDocument } from '../../state/document-store.ts';
import { nodeTitle } from '../../state/document/document-kinds.ts';
import { Empty } from '../Empty.tsx';
import { ProblemWords } from './ProblemWords.tsx';
import { RemedyButton } from './RemedyButton.tsx';
import { useProblems } from './use-problems.ts';
import './problems.css';

/** Everything that stands between the drawing and its training. */
export function ProblemsPanel(): React.JSX.Element {
  const problems = useProblems();
  const nodes = useDocument((state) => state.project.graph.nodes.length);
  const hasData = useDocument((state) => state.project.data !== null);
  if (problems.length === 0) {
    return (
      <Empty icon={<CircleCheck />} title="No problems">
        {nodes === 0
          ? 'The canvas is empty. Open a template, or add blocks from the palette.'
          : hasData
            ? 'Every shape agrees; the model can be trained.'
            : 'Every shape agrees. Choose data to train on under Data.'}
      </Empty>
    );
  }
  return (
    <ul className="problems">
      {problems.map((problem, index) => (
        <ProblemRow key={`${index} ${problem.code} ${problem.message}`} problem={problem} />
      ))}
    </ul>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }): React.JSX.Element {
  const title = useDocument(({ project }) => {
    const node = project.graph.nodes.find((each) => each.id === problem.node);
    return node === undefined ? null : nodeTitle(node);
  });
  const place = title ?? (problem.wire === null ? problem.path : `wire ${problem.wire}`);
  const select = (): void => {
    if (problem.node !== null) documentActions.select({ nodes: [problem.node] });
    else if (problem.wire !== null) documentActions.select({ wires: [problem.wire] });
  };
  const selectable = problem.node !== null || problem.wire !== null;
  return (
    <li className="problem">
      <TriangleAlert className="problem-icon" aria-hidden />
      <span className="problem-code mono" title={PROBLEM_TITLES[problem.code]}>
        {problem.code}
      </span>
      <button type="button" className="problem-text" disabled={!selectable} onClick={select}>
        <ProblemWords problem={problem} place={place} />
      </button>
      <RemedyButton problem={problem} />
    </li>
  );
}
