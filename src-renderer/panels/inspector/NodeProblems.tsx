import { Info, TriangleAlert, Wrench } from 'lucide-react';
import type { NodeId } from '../../../src-engine/document/project.ts';
import type { Problem } from '../../../src-engine/document/problems.ts';
import { useDocument } from '../../state/document-store.ts';
import { Button } from '../../ui/Button.tsx';
import { ShapeText } from '../../ui/ShapeText.tsx';
import { applyRemedy, hasRemedy } from '../problems/apply-remedy.ts';

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

function ProblemNote({ problem, tone }: { readonly problem: Problem; readonly tone: 'bad' | 'hint' }) {
  const Icon = tone === 'bad' ? TriangleAlert : Info;
  return (
    <div className="inspector-problem" data-tone={tone}>
      <Icon size={15} aria-label={tone === 'bad' ? `Problem ${problem.code}` : 'Hint'} />
      <div>
        <p>
          <ShapeText>{problem.message}</ShapeText>
        </p>
        <p className="mute">
          <ShapeText>{problem.fix}</ShapeText>
        </p>
        {hasRemedy(problem) ? (
          <Button
            size="small"
            icon={<Wrench aria-hidden />}
            onClick={() => {
              applyRemedy(problem);
            }}
          >
            {problem.remedy?.label}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
