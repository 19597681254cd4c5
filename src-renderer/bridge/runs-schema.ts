import { z } from 'zod';
import type { Replies, RunHistoryReply, RunSummary } from '../../src-main/contract.ts';
import type { OpenReply, Progress, ProbeLayer, SessionEvents, StatusReply, Validation } from '../../src-engine/session/protocol.ts';

/** What the replies about runs are made of, that other replies and events are made of too. */
interface Parts {
  readonly opened: z.ZodType<OpenReply>;
  readonly status: z.ZodType<StatusReply>;
  readonly probeLayer: z.ZodType<ProbeLayer>;
  readonly metric: z.ZodType<Validation['metric']>;
  readonly float: z.ZodType<number>;
  readonly progress: () => z.ZodType<Progress>;
  readonly validation: () => z.ZodType<Validation>;
  readonly stopped: () => z.ZodType<SessionEvents['stopped']>;
  readonly done: () => z.ZodType<SessionEvents['done']>;
}

type RunRequest = Extract<keyof Replies, `runs.${string}`> | 'session.resume' | 'session.saved';

export function runReplies({ opened, status, probeLayer, metric, float, progress, validation, stopped, done }: Parts): {
  readonly [N in RunRequest]: z.ZodType<Replies[N]>;
} {
  const summary: z.ZodType<RunSummary> = z.object({
    id: z.string(),
    own: z.boolean(),
    projectName: z.string(),
    name: z.string(),
    started: z.number(),
    ended: z.number().nullable(),
    pinned: z.number().nullable(),
    state: z.enum(['running', 'paused', 'done', 'failed', 'ended', 'interrupted']),
    difference: z.array(z.string()).nullable(),
    steps: z.number(),
    seconds: z.number(),
    loss: z.number().nullable(),
    score: z.object({ part: z.enum(['validation', 'test']), metric, score: float }).nullable(),
    parameters: z.number(),
    hasWeights: z.boolean(),
    bytes: z.number(),
  });
  const history: z.ZodType<RunHistoryReply> = z.object({
    points: z.string(),
    frames: z.array(z.string()),
    validations: z.array(z.lazy(validation)),
    progress: z.lazy(progress).nullable(),
    largestNorm: z.number().nullable(),
    stopped: z.lazy(stopped).nullable(),
    done: z.lazy(done).nullable(),
  });
  const session = z.object({
    opening: z.string().nullable(),
    run: z.string().nullable(),
    document: z.object({
      id: z.string(),
      text: z.string(),
      handle: z.string().nullable(),
      fileName: z.string().nullable(),
      version: z.string().nullable(),
      saved: z.boolean(),
    }),
    since: z.object({ id: z.string(), text: z.string(), handle: z.string().nullable(), fileName: z.string(), version: z.string().nullable() }).nullable(),
    opened,
    status,
    history,
    windows: z.number(),
  });
  const finished = z.object({ done: z.literal(true) });
  return {
    'runs.current': z.object({ session: session.nullable() }),
    'runs.list': z.object({ runs: z.array(summary), current: z.string().nullable(), notice: z.string().nullable() }),
    'runs.read': z.object({ run: summary, text: z.string(), probeLayers: z.array(probeLayer), steps: z.number(), history }),
    'runs.rename': finished,
    'runs.pin': finished,
    'runs.remove': finished,
    'runs.restore': finished,
    'runs.reopen': z.object({ session }),
    'session.saved': z.object({ noted: z.boolean() }),
    'session.resume': z.object({ session: session.nullable() }),
  };
}

export const openedSchema: z.ZodType<{ opening: string | null; name: string }> = z.object({ opening: z.string().nullable(), name: z.string() });
export const runsSchema: z.ZodType<{ current: string | null }> = z.object({ current: z.string().nullable() });
