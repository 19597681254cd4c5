import { Info, TriangleAlert } from 'lucide-react';
import type { Problem } from '../../../src-engine/document/problems.ts';
import { RemedyButton } from './RemedyButton.tsx';
import { ProblemWords } from './ProblemWords.tsx';
import './problem-note.css';

/** A problem, or a hint at a better choice, in a box of its own with its fix. */
export function ProblemNote({ problem, tone }: { readonly problem: Problem; readonly tone: 'bad' | 'hint' }): React.JSX.Element {
  const Icon = tone === 'bad' ? TriangleAlert : Info;
  return (
    <div className="problem-note" data-tone={tone}>
      <Icon aria-label={tone === 'bad' ? `Problem ${problem.code}` : 'Hint'} />
      <div>
        <ProblemWords problem={problem} />
        <RemedyButton problem={problem} />
      </div>
    </div>
  );
}
