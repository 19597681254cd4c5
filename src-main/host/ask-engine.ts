import { ProblemError } from '../../src-engine/document/problems.ts';
import type { SessionRequestName, SessionRequests } from '../../src-engine/session/protocol.ts';
import type { EngineReply } from './engine-thread.ts';

/** The engine's thread, or what stands before it. */
export interface Requester {
  request<N extends SessionRequestName>(name: N, argument: SessionRequests[N]['request']): Promise<EngineReply<N>>;
}

/** The worker's answer, or ProblemError with its problems. */
export async function ask<N extends SessionRequestName>(
  engine: Requester,
  name: N,
  argument: SessionRequests[N]['request'],
): Promise<SessionRequests[N]['reply']> {
  const reply = await engine.request(name, argument);
  if (!reply.ok) throw new ProblemError(reply.problems);
  return reply.value;
}
