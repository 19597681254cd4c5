import { useEffect, useState } from 'react';
import type { Problem } from '../../src-engine/document/problems.ts';
import type { OpenReply } from '../../src-engine/session/protocol.ts';
import { pageDelay } from './page-delay.ts';
import { followAnswer, type Answered } from './follow-answer.ts';
import { runStore, useRun } from './run-store.ts';
import { useWorkspace } from './workspace-store.ts';

interface Answer<T> {
  /** The latest answer; stays while a newer one is on its way. */
  readonly value: T | null;
  readonly problems: readonly Problem[];
}

const NONE = { value: null, problems: [] } as const;

/** What the opened model answers, followed while it trains. A new `ask` is a new question; null asks nothing, and so does a hidden dock for a docked view. */
export function useAnswer<T>(ask: (() => Promise<Answered<T>>) | null, every = 1000, docked = true): Answer<T> {
  const opened = useRun((run) => run.opened);
  const collapsed = useWorkspace((workspace) => docked && workspace.dockCollapsed);
  const [held, setHeld] = useState<{ readonly of: OpenReply; readonly answer: Answer<T> } | null>(null);
  useEffect(() => {
    if (ask === null || opened === null || collapsed) return;
    const hear = (answer: Answered<T>): void => {
      setHeld({ of: opened, answer: answer.ok ? { value: answer.value, problems: [] } : { value: null, problems: answer.problems } });
    };
    return followAnswer({ ask, hear, every, run: runStore, delay: pageDelay(window), now: () => performance.now() });
  }, [ask, opened, collapsed, every]);
  return ask !== null && held !== null && held.of === opened ? held.answer : NONE;
}
