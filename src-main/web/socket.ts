import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { answerRequest, type RequestReport } from '../host/answer-request.ts';
import type { Handlers } from '../host/handlers.ts';
import { EventLine } from './event-line.ts';
import { RateLimit } from './rate-limit.ts';

const messageSchema = z.strictObject({ id: z.number().int().nonnegative(), name: z.string().max(100), argument: z.unknown() });

const CLOSE = { unsupported: 1003, policy: 1008 } as const;

export interface SocketServices {
  readonly handlers: Handlers;
  readonly now: () => number;
  readonly report: RequestReport;
}

/** Serves the contract to one window: `{id, name, argument}` in, `{id, reply}` out. What is no such message closes the socket. The line carries the events. */
export function serveSocket(socket: WebSocket, services: SocketServices): EventLine {
  const line = new EventLine(socket);
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
      line.reply(JSON.stringify({ id: message.id, reply }));
    });
  });
  return line;
}

function readMessage(data: RawData): z.infer<typeof messageSchema> | null {
  try {
    const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
    return messageSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
