import type { Problem } from '../../../src-engine/document/problems.ts';
import { ShapeText } from '../../ui/ShapeText.tsx';
import './problem-words.css';

/** What is wrong, behind the name of its place where one is given; then what to do. */
export function ProblemWords({ problem, place = null }: { readonly problem: Problem; readonly place?: string | null }): React.JSX.Element {
  return (
    <>
      <span className="problem-message">
        {place === null ? null : <span className="problem-place">{place}</span>}
        <ShapeText>{problem.message}</ShapeText>
      </span>
      <span className="problem-fix">
        <ShapeText>{problem.fix}</ShapeText>
      </span>
    </>
  );
}
