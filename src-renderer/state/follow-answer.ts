import type { Problem } from '../../src-engine/document/problems.ts';
import type { Delay } from './runs/run-document.ts';
import type { RunData, RunStore } from './run-store.ts';

export type Answered<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly Problem[] };

/** Milliseconds that typing has to rest before a new question is asked. */
const SETTLE = 220;
/** Between two questions passes at least so many times what the answer took. */
const SPARE = 4;

interface Following<T> {
  readonly ask: () => Promise<Answered<T>>;
  readonly hear: (answer: Answered<T>) => void;
  /** Least milliseconds between two questions while the model changes. */
  readonly every: number;
  readonly run: RunStore;
  readonly delay: Delay;
  readonly now: () => number;
}

const weightsOf = (run: RunData): string => `${run.status?.step ?? 0} ${run.progress?.step ?? 0} ${run.status?.state ?? ''}`;

/** Asks once, and again as training goes on: one question at a time, at a calm rate. Returns the way to stop. */
export function followAnswer<T>({ ask, hear, every, run, delay, now }: Following<T>): () => void {
  let stopped = false;
  let waiting = false;
  let busy = false;
  let asked = '';
  let spent = 0;
  const wait = (milliseconds: number): void => {
    waiting = true;
    delay.start(milliseconds, () => void put());
  };
  const again = (): void => {
    if (!stopped && !waiting && !busy && weightsOf(run.getState()) !== asked) wait(Math.max(every, SPARE * spent));
  };
  const put = async (): Promise<void> => {
    waiting = false;
    if (run.getState().opening) {
      wait(every);
      return;
    }
    busy = true;
    asked = weightsOf(run.getState());
    const since = now();
    const answer = await ask();
    spent = now() - since;
    busy = false;
    if (stopped) return;
    hear(answer);
    again();
  };
  wait(SETTLE);
  const unsubscribe = run.subscribe(again);
  return () => {
    stopped = true;
    delay.cancel();
    unsubscribe();
  };
}
