import type { Problem } from '../../document/problems.ts';
import type { Project } from '../../document/project.ts';
import { decodeCheckpoint } from '../../train/checkpoint.ts';
import { checkpointProblem } from './checkpoint-problem.ts';
import { identityOf } from '../project-identity.ts';

/** What can be said against going on from a checkpoint before anything is opened: U042 damaged, U003 newer, U043 of another model; null where nothing can. */
export function inspectCheckpoint(bytes: Uint8Array, project: Project): Problem | null {
  const decoded = decodeCheckpoint(bytes);
  if (!decoded.ok) return checkpointProblem(decoded);
  if (decoded.checkpoint.head.model.identity === identityOf(project)) return null;
  return checkpointProblem({ ok: false, fault: 'other', sentence: 'It was made by another model, or on other data.' });
}
