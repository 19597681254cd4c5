import type { SessionEventName, SessionEvents } from '../../src-engine/session/protocol.ts';

/** One event with its payload, as a union over the event names. */
export type EngineEvent = { [E in SessionEventName]: { readonly event: E; readonly payload: SessionEvents[E] } }[SessionEventName];
