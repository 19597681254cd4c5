import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { answerRequest, type RequestReport } from '../host/answer-request.ts';
import type { HeardEvent } from '../host/engine-event.ts';
import type { Handlers } from '../host/handlers.ts';
import { RateLimit } from './rate-limit.ts';

const messageSchema = z.strictObject({ id: z.number().int().nonnegative(), name: z.string().max(100), argument: z.unknown() });

const CLOSE = { unsupported: 1003, policy: 1008 } as const;

/** A window that reads slower than this many bytes behind skips probe frames; the next one replaces them anyway. */
const SKIP_PROBES_BEHIND = 4 * 1024 * 1024;
/** Further behind than this it is cut off; it connects again when it can. */
const CUT_OFF_BEHIND = 256 * 1024 * 1024;

const BINARY_CODES = { losses: 1, probe: 2 } as const;

export interface SocketServices {
  readonly handlers: Handlers;
  readonly now: () => number;
  readonly report: RequestReport;
}

/** Serves the contract to one window: `{id, name, argument}` in, `{id, reply}` out. What is no such message closes the socket. */
export function serveSocket(socket: WebSocket, services: SocketServices): void {
  const limit = new RateLimit(100, 300, services.now);
  socket.on('error', () => {
    socket.terminate();
  });
  socket.on('message', (data, isBinary) => {
    if (!limit.take()) {
      socket.close(CLOSE.policy, 'too many requests');
      return;
    }
    const message = isBinary ? null : readMessage(data);
    if (message === null) {
      socket.close(CLOSE.unsupported, 'not a request');
      return;
    }
    void answerRequest(services.handlers, message.name, message.argument, services.report).then((reply) => {
      sendTo(socket, JSON.stringify({ id: message.id, reply }));
    });
  });
}

function readMessage(data: RawData): z.infer<typeof messageSchema> | null {
  try {
    const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
    return messageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** An event as the socket carries it: bytes behind one byte of code, anything else as JSON text. */
export function encodeEvent(event: HeardEvent): string | Uint8Array {
  if (event.event !== 'losses' && event.event !== 'probe') return JSON.stringify(event);
  const framed = new Uint8Array(1 + event.payload.length);
  framed[0] = BINARY_CODES[event.event];
  framed.set(event.payload, 1);
  return framed;
}

export function sendEvent(socket: WebSocket, event: HeardEvent, encoded: string | Uint8Array): void {
  if (event.event === 'probe' && socket.bufferedAmount > SKIP_PROBES_BEHIND) return;
  sendTo(socket, encoded);
}

function sendTo(socket: WebSocket, data: string | Uint8Array): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > CUT_OFF_BEHIND) socket.terminate();
  else socket.send(data, () => undefined);
}
