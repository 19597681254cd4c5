import { z } from 'zod';
import { PROBLEM_TITLES, type Problem } from '../../src-engine/document/problems.ts';
import type { EngineEvent } from './engine-event.ts';

export type WorkerReply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problems: readonly Problem[] };

/** What the worker thread may send: the reply to one request, or an event. */
export type WorkerMessage =
  { readonly kind: 'reply'; readonly id: number; readonly reply: WorkerReply } | { readonly kind: 'event'; readonly event: EngineEvent };

const eventNames = ['state', 'loading', 'progress', 'losses', 'validation', 'probe', 'memory', 'stopped', 'done'] as const;
const bytes = z.instanceof(Uint8Array);

const problemSchema = z.custom<Problem>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && value.code in PROBLEM_TITLES,
);

const envelope = z.union([
  z.object({ id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ id: z.number().int(), ok: z.literal(false), problems: z.array(problemSchema).min(1) }),
  z.object({ event: z.enum(['losses', 'probe']), payload: bytes }),
  z.object({ event: z.enum(eventNames).exclude(['losses', 'probe']), payload: z.record(z.string(), z.unknown()) }),
]);

/** Null where it is no message of protocol.ts: the thread is then taken for broken. */
export function parseWorkerMessage(message: unknown): WorkerMessage | null {
  const parsed = envelope.safeParse(message);
  if (!parsed.success) return null;
  const data = parsed.data;
  if ('event' in data) return { kind: 'event', event: data as unknown as EngineEvent };
  return { kind: 'reply', id: data.id, reply: data.ok ? { ok: true, value: data.value } : { ok: false, problems: data.problems } };
}
