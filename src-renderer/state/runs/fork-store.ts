import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { GradientRemedy } from '../../../src-engine/document/remedies/gradient-remedies.ts';
import type { RunMeasure } from '../../../src-engine/document/remedies/judge-remedy.ts';
import { documentActions } from '../document-store.ts';
import type { RunActions } from './run-actions.ts';
import { trainingKey } from './run-key.ts';

/** A run that was started anew with one change, to see whether that helps. */
interface Fork {
  readonly label: string;
  readonly detail: string;
  readonly predicts: GradientRemedy['predicts'];
  /** `trainingKey` of the changed project: only its run is compared. */
  readonly key: string;
  /** Index in `OpenReply.probeLayers`. */
  readonly layer: number;
  readonly before: RunMeasure;
  /** Null until the forked run has made as many steps. */
  readonly after: RunMeasure | null;
}

const forkStore = createStore<{ readonly fork: Fork | null }>(() => ({ fork: null }));

export function useFork(): Fork | null {
  return useStore(forkStore, ({ fork }) => fork);
}

/** Keeps what the forked run had come to, once. */
export function finishFork(after: RunMeasure): void {
  forkStore.setState(({ fork }) => (fork === null || fork.after !== null ? { fork } : { fork: { ...fork, after } }));
}

/** Changes the document as one undo step, and trains it from new weights with the same seed and data. */
type StartFork = (remedy: GradientRemedy, layer: number, before: RunMeasure) => Promise<boolean>;

export function createStartFork(run: RunActions): StartFork {
  return async (remedy, layer, before) => {
    const { label, detail, predicts, project } = remedy;
    forkStore.setState({ fork: { label, detail, predicts, key: trainingKey(project), layer, before, after: null } });
    documentActions.editProject(label, () => project);
    return (await run.open()) && run.train();
  };
}

const ForkContext = createContext<StartFork | null>(null);

export const ForkProvider = ForkContext.Provider;

export function useStartFork(): StartFork {
  const start = useContext(ForkContext);
  if (start === null) throw new Error('useStartFork outside of ForkProvider');
  return start;
}
