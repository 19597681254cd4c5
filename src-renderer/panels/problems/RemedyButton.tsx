import { Wrench } from 'lucide-react';
import type { Problem } from '../../../src-engine/document/problems.ts';
import { Button } from '../../ui/Button.tsx';
import { applyRemedy, hasRemedy } from './apply-remedy.ts';

/** Carries out the problem's fix; nothing where it has none. */
export function RemedyButton({ problem }: { readonly problem: Problem }): React.JSX.Element | null {
  if (!hasRemedy(problem)) return null;
  return (
    <Button
      size="small"
      icon={<Wrench aria-hidden />}
      onClick={() => {
        applyRemedy(problem);
      }}
    >
      {problem.remedy?.label}
    </Button>
  );
}
