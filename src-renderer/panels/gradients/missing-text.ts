import type { Problem } from '../../../src-engine/document/problems.ts';
import type { ProbesReply } from '../../../src-engine/session/protocol.ts';
import type { Quantity } from './quantities.ts';

/** Why a quantity has no row: the model does not have it, it is being measured, or the engine said what is wrong. */
export function missingText(quantity: Quantity, latest: ProbesReply | null, problems: readonly Problem[]): string {
  const [problem] = problems;
  if (problem !== undefined) return `${problem.message} ${problem.fix}`;
  if (latest === null) return 'Being measured…';
  switch (quantity) {
    case 'flow-from':
    case 'triangle':
      return 'This model has one loss for each sequence, at its end: “flow from the last step” is all there is. A head on every step has more.';
    case 'gates':
      return latest.cells.length > 0 && latest.cells.every(({ gates }) => gates.length === 0)
        ? 'An RNN has no gates. A GRU has two, an LSTM three.'
        : 'Being measured…';
    default:
      return 'Being measured…';
  }
}
