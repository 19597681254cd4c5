import { cellForks } from '../../../src-engine/document/remedies/fork-cell.ts';
import type { CellKind } from '../../../src-engine/document/node-kinds.ts';
import { problem, type Problem } from '../../../src-engine/document/problems.ts';
import type { Project } from '../../../src-engine/document/project.ts';
import { serializeProject } from '../../../src-engine/document/file/serialize-project.ts';
import type { DataSignature } from '../../../src-engine/document/signature.ts';
import type { Client } from '../../bridge/client.ts';
import { dataKey, dataStore } from '../data-store.ts';
import { documentActions, documentStore } from '../document-store.ts';
import type { RunActions } from './run-actions.ts';
import { trainingKey } from './run-key.ts';
import { runStore } from '../run-store.ts';
import { leaveDocument } from '../workspace/workspace-leave.ts';

export type Tell = (problems: readonly Problem[]) => void;

interface Fork {
  /** Of the run that is forked. */
  readonly project: Project;
  /** The run is of the document that is open. */
  readonly own: boolean;
  readonly kind: CellKind;
}

interface ForkServices {
  readonly client: Client;
  readonly run: RunActions;
  readonly handle: () => string | null;
  readonly tell: Tell;
}

/**
 * Trains a run's project with another cell and the same parameter budget, seed and data order, from new weights. In the document that it is of the change
 * is one undo step; in another one the person is asked first where edits would be lost.
 */
export async function forkRun({ project, own, kind }: Fork, services: ForkServices): Promise<void> {
  const present = documentStore.getState().project;
  if (trainingKey(present) === trainingKey(project)) await train(present, kind, false, services);
  else if (own) await train(project, kind, false, services);
  else leaveDocument(() => void train(project, kind, true, services));
}

async function train(base: Project, kind: CellKind, asDocument: boolean, services: ForkServices): Promise<void> {
  const { run, tell } = services;
  const fork = cellForks(base, await signatureOf(base, services)).find((each) => each.kind === kind);
  if (fork === undefined) {
    tell([problem('U014', `No ${kind.toUpperCase()} of this model's size fits its shapes.`, 'Change the cell on the canvas.')]);
    return;
  }
  if (asDocument) documentActions.load(base, false);
  documentActions.editProject(fork.label, () => fork.project);
  if (!((await run.open()) && (await run.train()))) tell(runStore.getState().problems);
}

/** What the data says of the model's ends, without which no parameter can be counted. */
async function signatureOf(project: Project, { client, handle }: ForkServices): Promise<DataSignature | null> {
  const { key, signature } = dataStore.getState();
  if (project.data !== null && key === dataKey(project.data) && signature !== null) return signature;
  const reply = await client.request('data.preview', { text: serializeProject(project), handle: handle() });
  return reply.ok ? reply.value.signature : null;
}
