import type { RunsEvents } from '../contract.ts';
import type { SessionEventName, SessionEvents } from '../../src-engine/session/protocol.ts';

/** One event with its payload, as a union over the event names. */
export type EngineEvent = { [E in SessionEventName]: { readonly event: E; readonly payload: SessionEvents[E] } }[SessionEventName];

/** What every window hears: the engine, and what the host keeps of its runs. */
export type HeardEvent = EngineEvent | { [E in keyof RunsEvents]: { readonly event: E; readonly payload: RunsEvents[E] } }[keyof RunsEvents];
export type HeardListener = (event: HeardEvent) => void;
