import type { Project } from '../../../src-engine/document/project.ts';
import { documentActions, documentStore } from '../document-store.ts';
import { trainingKey } from './run-key.ts';
import type { RunActions } from './run-actions.ts';
import { hasTakenWeights, type RunData, type RunStore } from '../run-store.ts';

const adopted = new WeakSet<Project>();

/** The session holds the project already: it is not opened when it becomes the document. */
export function adoptProject(project: Project): void {
  adopted.add(project);
}

/** What waits and can be called off, so that a burst of edits opens one session. */
export interface Delay {
  readonly start: (milliseconds: number, action: () => void) => void;
  readonly cancel: () => void;
}

const settle = 350;

/**
 * Keeps the session ready for the drawing: a new document is opened at once, an edited one as soon as the edits rest, so that Train
 * starts without a wait. A run that has trained, or was given weights, is left alone: its weights are worth more than readiness, and only Train replaces them.
 */
export function followDocument(run: RunActions, store: RunStore, delay: Delay): void {
  const ready = (): boolean => {
    const { project, checked } = documentStore.getState();
    return checked.ok && project.data !== null && project.graph.nodes.length > 0;
  };
  /** Train may have opened the drawing, and begun, while the edits came to rest. */
  const openIfNeeded = (): void => {
    const held = store.getState().openedKey === trainingKey(documentStore.getState().project);
    if (ready() && !held && isUntrained(store.getState())) void run.open();
  };
  documentStore.subscribe((now, before) => {
    // What another window trains is ended by Train alone.
    if (now.project !== before.project && (adopted.has(now.project) || store.getState().takenBy !== null)) {
      delay.cancel();
      return;
    }
    if (now.opened !== before.opened) {
      delay.cancel();
      if (ready()) void run.open();
      else run.forget();
      return;
    }
    if (now.project === before.project) return;
    const { openedKey, status, problems } = store.getState();
    const rate = now.project.training.optimizer.learningRate;
    if (openedKey === trainingKey(now.project)) {
      if (status !== null && status.state !== 'idle' && rate !== status.learningRate) void run.setLearningRate(rate);
      return;
    }
    if (problems.length > 0) store.setState({ problems: [] });
    if (isUntrained(store.getState())) delay.start(settle, openIfNeeded);
  });
  store.subscribe((now, before) => {
    const signature = now.opened?.signature ?? null;
    if (signature !== null && now.opened !== before.opened) documentActions.setSignature(signature);
  });
}

function isUntrained(run: RunData): boolean {
  const { status } = run;
  return status === null || (status.step === 0 && status.state !== 'running' && !hasTakenWeights(run));
}
