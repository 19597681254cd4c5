import { problem, type Problem } from '../../document/problems.ts';
import type { Restored } from '../../train/training-run.ts';

/** Why a checkpoint was not taken: U042 damaged, U003 newer than this version, U043 of another model. */
export function checkpointProblem({ fault, sentence }: Extract<Restored, { ok: false }>): Problem {
  switch (fault) {
    case 'damaged':
      return problem('U042', `The checkpoint is damaged. ${sentence}`, 'Resume from the one before it, or train from the start.');
    case 'newer':
      return problem('U003', `The checkpoint was made by a newer version of Unroll. ${sentence}`, 'Update Unroll, or train from the start.');
    case 'other':
      return problem(
        'U043',
        `The checkpoint does not fit this project. ${sentence}`,
        'Resume with the project that it was made from, or train from the start.',
      );
  }
}
