import { useMemo } from 'react';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { ProbesReply } from '../../../src-engine/session/protocol.ts';
import { useAsk } from '../../state/ask-context.ts';
import { rememberProbes, useProbes, type ProbesWanted } from '../../state/probes-store.ts';
import { runStore, useRun } from '../../state/run-store.ts';
import { useAnswer } from '../../state/use-answer.ts';

const NONE: readonly ProbesReply[] = [];
/** Milliseconds between two measurements while training goes on; more where one takes long (`follow-answer.ts`). */
const EVERY = 1000;

export interface Probed {
  /** Every answer kept of this run, oldest first. */
  readonly replies: readonly ProbesReply[];
  readonly problems: readonly Problem[];
}

/** Asks for probes as long as somebody looks at what they measure; null asks nothing. */
export function useProbesOf(wanted: ProbesWanted | null, docked = true): Probed {
  const ask = useAsk();
  const opened = useRun((run) => run.opened);
  const question = useMemo(() => {
    if (wanted === null) return null;
    return async () => {
      const of = runStore.getState().opened;
      const reply = await ask('session.probes', wanted);
      if (reply.ok && of !== null && runStore.getState().opened === of) rememberProbes(of, reply.value);
      return reply;
    };
  }, [ask, wanted]);
  const { problems } = useAnswer(question, EVERY, docked);
  const replies = useProbes((held) => (held.of === opened ? held.replies : NONE));
  return { replies, problems };
}
