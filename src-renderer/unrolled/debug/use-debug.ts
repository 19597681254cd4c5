import { useEffect, useState } from 'react';
import type { Problem } from '../../../src-engine/document/problems.ts';
import type { OpenReply } from '../../../src-engine/session/protocol.ts';
import type { Replies, RequestOf } from '../../../src-main/contract.ts';
import { useAsk } from '../../state/ask-context.ts';
import { isRunning, useRun } from '../../state/run-store.ts';

export type DebugReply = Replies['session.debug'];
export type DebugNodeReply = Replies['session.debugNode'];
type Given = RequestOf<'session.debug'>['input'];

interface Debugged {
  readonly reply: DebugReply | null;
  readonly problems: readonly Problem[];
  /** The weights have changed since it was measured. */
  readonly stale: boolean;
  /** Measures with the weights of now. */
  readonly refresh: () => void;
}

interface Held {
  readonly of: OpenReply;
  readonly input: Given;
  readonly asked: number;
  readonly flow: number | null;
  readonly key: string;
  readonly reply: DebugReply | null;
  readonly problems: readonly Problem[];
}

/** Milliseconds that typing has to rest before an example is measured. */
const SETTLE = 220;

/**
 * One example measured step by step, with the weights of the moment it was asked for. While training runs they stay those, so that nothing changes under
 * the hands of who walks through it; whenever training rests at another step it is measured anew.
 */
export function useDebug(input: Given | null, flow: number | null): Debugged {
  const ask = useAsk();
  const opened = useRun((run) => run.opened);
  const opening = useRun((run) => run.opening);
  const running = useRun(isRunning);
  const step = useRun((run) => Math.max(run.status?.step ?? 0, run.progress?.step ?? 0));
  const rests = running ? null : step;
  const [asked, setAsked] = useState(0);
  const [held, setHeld] = useState<Held | null>(null);
  const has = held !== null && held.of === opened && held.input === input;
  /** What an answer stands for: another one is asked for only where this changes. While training runs, whatever there is will do. */
  const key = running && has && held.asked === asked && held.flow === flow ? held.key : `${asked} ${String(flow)} ${rests === null ? 'running' : rests}`;
  useEffect(() => {
    if (input === null || opened === null || opening) return;
    let stopped = false;
    const timer = window.setTimeout(() => {
      void ask('session.debug', { input, ...(flow === null ? {} : { flow }) }).then((answer) => {
        if (stopped) return;
        const result = answer.ok ? { reply: answer.value, problems: [] } : { reply: null, problems: answer.problems };
        setHeld({ of: opened, input, asked, flow, key, ...result });
      });
    }, SETTLE);
    return () => {
      stopped = true;
      window.clearTimeout(timer);
    };
  }, [ask, input, flow, opened, opening, asked, key]);
  const valid = held !== null && held.of === opened ? held : null;
  return {
    reply: valid?.reply ?? null,
    problems: valid?.problems ?? [],
    stale: valid?.reply !== null && valid?.reply !== undefined && valid.reply.step !== step,
    refresh: () => {
      setAsked((count) => count + 1);
    },
  };
}
