import { problem } from '../../src-engine/document/problems.ts';
import type { HostEventName, HostEvents, RequestName, RequestOf } from '../../src-main/contract.ts';
import { decodeLossFrame, decodeProbeFrame, type LossPoints, type Probe } from '../../src-engine/history/decode-frames.ts';
import { loadingSchema } from './data-schemas.ts';
import { memoryProgress } from './memory-schema.ts';
import {
  bareSchema,
  commandSchema,
  diedSchema,
  doneSchema,
  parseReply,
  progressSchema,
  stateSchema,
  stoppedSchema,
  validationSchema,
  type ParsedReply,
} from './schemas.ts';
import { openedSchema, runsSchema } from './runs-schema.ts';
import { ConnectionLost, type ConnectionState, type Transport } from './transport.ts';

/** The host's events as the window hears them: binary frames already decoded. */
export type WindowEvents = Omit<HostEvents, 'losses' | 'probe'> & { readonly losses: LossPoints; readonly probe: Probe };

type Listener<E extends HostEventName> = (payload: WindowEvents[E]) => void;
type Listeners = { readonly [E in HostEventName]: Set<Listener<E>> };

/** The only door out of the window. */
export interface Client {
  /** Never rejects for a user's mistake or a lost connection: both come back as problems. Throws where the host breaks the contract. */
  readonly request: <N extends RequestName>(name: N, argument: RequestOf<N>) => Promise<ParsedReply<N>>;
  readonly on: <E extends HostEventName>(name: E, listener: Listener<E>) => () => void;
  readonly onConnection: (listener: (state: ConnectionState) => void) => void;
}

const parsers: { readonly [E in HostEventName]: (payload: unknown) => WindowEvents[E] } = {
  state: (payload) => stateSchema.parse(payload),
  loading: (payload) => loadingSchema.parse(payload),
  progress: (payload) => progressSchema.parse(payload),
  validation: (payload) => validationSchema.parse(payload),
  stopped: (payload) => stoppedSchema.parse(payload),
  done: (payload) => doneSchema.parse(payload),
  died: (payload) => diedSchema.parse(payload),
  losses: (payload) => decodeLossFrame(bytesOf(payload)),
  probe: (payload) => decodeProbeFrame(bytesOf(payload)),
  memory: (payload) => memoryProgress.parse(payload),
  command: (payload) => commandSchema.parse(payload),
  handed: (payload) => bareSchema.parse(payload),
  opened: (payload) => openedSchema.parse(payload),
  runs: (payload) => runsSchema.parse(payload),
  saveFirst: (payload) => bareSchema.parse(payload),
};

function bytesOf(payload: unknown): Uint8Array {
  if (payload instanceof Uint8Array) return payload;
  if (payload instanceof ArrayBuffer) return new Uint8Array(payload);
  throw new Error('a binary event arrived without bytes');
}

function isEventName(name: string): name is HostEventName {
  return Object.hasOwn(parsers, name);
}

function lost(): { readonly ok: false; readonly problems: readonly [ReturnType<typeof problem>] } {
  return {
    ok: false,
    problems: [
      problem(
        'U060',
        'The connection to Unroll was lost before it answered.',
        'Wait for the window to reconnect and try again; if it does not, start the app again from the terminal.',
      ),
    ],
  };
}

export function createClient(transport: Transport): Client {
  const listeners: Listeners = {
    state: new Set(),
    loading: new Set(),
    progress: new Set(),
    validation: new Set(),
    stopped: new Set(),
    done: new Set(),
    died: new Set(),
    losses: new Set(),
    probe: new Set(),
    memory: new Set(),
    command: new Set(),
    handed: new Set(),
    opened: new Set(),
    runs: new Set(),
    saveFirst: new Set(),
  };
  const dispatch = <E extends HostEventName>(name: E, payload: unknown): void => {
    const parsed = parsers[name](payload);
    for (const listener of listeners[name]) listener(parsed);
  };
  transport.onEvent((name, payload) => {
    if (isEventName(name)) dispatch(name, payload);
  });
  return {
    request: async (name, argument) => {
      try {
        return parseReply(name, await transport.request(name, argument));
      } catch (error) {
        if (error instanceof ConnectionLost) return lost();
        throw error;
      }
    },
    on: (name, listener) => {
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
    onConnection: (listener) => {
      transport.onConnection(listener);
    },
  };
}
