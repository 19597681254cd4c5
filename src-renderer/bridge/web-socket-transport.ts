import { z } from 'zod';
import { ConnectionLost, type ConnectionState, type Transport } from './transport.ts';

/** What the transport needs of its surroundings, so that tests can drive time and sockets. */
export interface SocketSurroundings {
  readonly open: () => WebSocket;
  readonly after: (milliseconds: number, action: () => void) => void;
}

const eventSchema = z.object({ event: z.string(), payload: z.unknown() });
const messageSchema = z.union([z.object({ id: z.number().int(), reply: z.unknown() }), eventSchema, z.array(eventSchema)]);

/** First byte of a binary message; the rest is the payload. */
const binaryEvents: Readonly<Record<number, string>> = { 1: 'losses', 2: 'probe' };

const firstDelay = 250;
const longestDelay = 4000;

interface Pending {
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Requests, replies and events over one socket that is opened again, ever more patiently, whenever it drops. */
export function webSocketTransport(surroundings: SocketSurroundings): Transport {
  const pending = new Map<number, Pending>();
  const outbox: string[] = [];
  const eventListeners: ((name: string, payload: unknown) => void)[] = [];
  const connectionListeners: ((state: ConnectionState) => void)[] = [];
  let state: ConnectionState = 'connecting';
  let socket: WebSocket | null = null;
  let nextId = 1;
  let delay = firstDelay;

  const become = (next: ConnectionState): void => {
    if (state === next) return;
    state = next;
    for (const listener of connectionListeners) listener(next);
  };

  const receiveText = (text: string): void => {
    const message = messageSchema.parse(JSON.parse(text));
    if ('event' in message || Array.isArray(message)) {
      for (const { event, payload } of Array.isArray(message) ? message : [message]) for (const listener of eventListeners) listener(event, payload);
      return;
    }
    pending.get(message.id)?.resolve(message.reply);
    pending.delete(message.id);
  };

  const receiveBytes = (bytes: Uint8Array): void => {
    const name = binaryEvents[bytes[0] ?? 0];
    if (name === undefined) throw new Error(`binary message with unknown code ${String(bytes[0])}`);
    for (const listener of eventListeners) listener(name, bytes.slice(1));
  };

  const drop = (): void => {
    socket = null;
    outbox.length = 0;
    for (const each of pending.values()) each.reject(new ConnectionLost());
    pending.clear();
    become('lost');
    surroundings.after(delay, connect);
    delay = Math.min(longestDelay, delay * 2);
  };

  function connect(): void {
    const opened = surroundings.open();
    opened.binaryType = 'arraybuffer';
    socket = opened;
    opened.onopen = () => {
      delay = firstDelay;
      for (const text of outbox.splice(0)) opened.send(text);
      become('open');
    };
    opened.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data === 'string') receiveText(event.data);
      else if (event.data instanceof ArrayBuffer) receiveBytes(new Uint8Array(event.data));
    };
    opened.onclose = drop;
  }

  connect();
  return {
    request: (name, argument) =>
      new Promise((resolve, reject) => {
        if (state === 'lost') {
          reject(new ConnectionLost());
          return;
        }
        const id = nextId++;
        pending.set(id, { resolve, reject });
        const text = JSON.stringify({ id, name, argument });
        if (state === 'open' && socket !== null) socket.send(text);
        else outbox.push(text);
      }),
    onEvent: (listener) => {
      eventListeners.push(listener);
    },
    onConnection: (listener) => {
      connectionListeners.push(listener);
      listener(state);
    },
  };
}
