import { toast } from 'sonner';
import type { Problem } from '../../../src-engine/document/problems.ts';

/** What stood in the way, as toasts. */
export function tellRunProblems(problems: readonly Problem[]): void {
  for (const { message, fix } of problems.slice(0, 3)) toast.error(message, { description: fix });
}
