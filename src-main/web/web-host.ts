import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import type { RequestReport } from '../host/answer-request.ts';
import type { HeardListener } from '../host/engine-event.ts';
import { errorCode } from '../host/files/file-problems.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import type { Handlers } from '../host/handlers.ts';
import type { ChosenData } from '../contract.ts';
import { LaunchTokens } from './launch-tokens.ts';
import { answerPage } from './pages.ts';
import { answerUpload } from './answer-upload.ts';
import { RateLimit } from './rate-limit.ts';
import { isAuthenticated, isUpload, refuseByHeaders } from './request-guard.ts';
import { refuseRaw, securityHeaders, sendText } from './responses.ts';
import type { EventLine } from './event-line.ts';
import { serveSocket } from './socket.ts';

export interface WebHostOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly rendererDirectory: string;
  readonly handlers: Handlers;
  /** Takes the data that a window sends. */
  readonly receive: (body: AsyncIterable<Uint8Array>) => Promise<ChosenData>;
  readonly onEngineEvent: (listener: HeardListener) => () => void;
  readonly fileSystem: FileSystem;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Milliseconds. */
  readonly now: () => number;
  readonly report: RequestReport;
}

const LIMITS = {
  /** A project of 64 MiB, escaped, in one message. */
  messageBytes: 160 * 1024 * 1024,
  headerBytes: 16 * 1024,
  connections: 64,
  sockets: 8,
  requestsPerSecond: 200,
  requestBurst: 600,
} as const;

/** Serves the window and the contract on 127.0.0.1, to browsers that hold a launch token or its cookie. */
export class WebHost {
  readonly #options: WebHostOptions;
  readonly #tokens: LaunchTokens;
  readonly #limit: RateLimit;
  readonly #server: Server;
  readonly #lines = new Set<EventLine>();
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: LIMITS.messageBytes, perMessageDeflate: false });
  #endEvents: () => void = () => undefined;

  constructor(options: WebHostOptions) {
    this.#options = options;
    this.#tokens = new LaunchTokens(options.randomBytes);
    this.#limit = new RateLimit(LIMITS.requestsPerSecond, LIMITS.requestBurst, options.now);
    // Data may take hours to be sent: an upload that stands still is ended by `answerUpload`. No other request has a body.
    const timeouts = { headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: 10_000 };
    this.#server = createServer({ maxHeaderSize: LIMITS.headerBytes, ...timeouts }, (request, response) => {
      this.#request(request, response);
    });
    this.#server.maxConnections = LIMITS.connections;
    this.#server.on('clientError', (error, socket) => {
      refuseUnreadable(error, socket, this.port);
    });
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#upgrade(request, socket, head);
    });
  }

  /** Throws ProblemError U050 where the port cannot be had. */
  async listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#server.once('error', reject);
    this.#server.listen(this.#options.port, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise.catch((error: unknown) => {
      throw portProblem(this.#options.port, error);
    });
    this.#endEvents = this.#options.onEngineEvent((event) => {
      for (const line of this.#lines) line.tell(event);
    });
  }

  /** Null where it does not listen. */
  get address(): string | null {
    return this.#bound()?.address ?? null;
  }

  /** Windows that are connected. */
  get windows(): number {
    return this.#sockets.clients.size;
  }

  get port(): number {
    return this.#bound()?.port ?? this.#options.port;
  }

  #bound(): AddressInfo | null {
    const bound = this.#server.address();
    return typeof bound === 'string' ? null : bound;
  }

  /** An address that lets one browser in; the one given before it stops working. */
  newAddress(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.#tokens.issue()}`;
  }

  async close(): Promise<void> {
    this.#endEvents();
    for (const socket of this.#sockets.clients) socket.terminate();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#server.close(() => {
      resolve(undefined);
    });
    this.#server.closeAllConnections();
    await promise;
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(securityHeaders(this.port, undefined))) response.setHeader(name, value);
    const refusal = this.#limit.take() ? refuseByHeaders(request, this.port) : { status: 429, sentence: 'Too many requests; wait a moment.' };
    if (refusal !== null) {
      sendText(response, refusal.status, refusal.sentence, { Connection: 'close' });
      return;
    }
    const host = request.headers.host;
    response.setHeader('Content-Security-Policy', securityHeaders(this.port, host)['Content-Security-Policy'] ?? '');
    const { rendererDirectory, fileSystem, report, receive } = this.#options;
    const answered = isUpload(request)
      ? answerUpload(request, response, { allowed: isAuthenticated(request, this.port, this.#tokens), receive, report })
      : answerPage(request, response, { port: this.port, tokens: this.#tokens, rendererDirectory, fileSystem });
    answered.catch((error: unknown) => {
      report.bug(error, 'HTTP');
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'Something inside Unroll failed.');
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.#refuseSocket(request);
    if (refusal !== null) {
      refuseRaw(socket, refusal.status, refusal.sentence, this.port);
      return;
    }
    const { handlers, now, report } = this.#options;
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      const line = serveSocket(client, { handlers, now, report });
      this.#lines.add(line);
      client.on('close', () => this.#lines.delete(line));
    });
  }

  /** Authentication comes before the upgrade: nobody else ever holds a socket. */
  #refuseSocket(request: IncomingMessage): { status: number; sentence: string } | null {
    if (!this.#limit.take()) return { status: 429, sentence: 'Too many requests; wait a moment.' };
    const refusal = refuseByHeaders(request, this.port);
    if (refusal !== null) return refusal;
    if (!isAuthenticated(request, this.port, this.#tokens)) return { status: 403, sentence: 'Open Unroll with the address that its terminal shows.' };
    if (request.url !== '/socket') return { status: 404, sentence: 'There is no socket at this address.' };
    if (this.#sockets.clients.size >= LIMITS.sockets) return { status: 503, sentence: 'Too many windows are open.' };
    return null;
  }
}

/** What the HTTP parser refused: Node would answer without our headers. */
function refuseUnreadable(error: unknown, socket: Duplex, port: number): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const code = errorCode(error);
  if (code === 'HPE_HEADER_OVERFLOW') refuseRaw(socket, 431, 'The headers are too long.', port);
  else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') refuseRaw(socket, 408, 'The request took too long.', port);
  else refuseRaw(socket, 400, 'This is not a request that can be read.', port);
}

function portProblem(port: number, error: unknown): ProblemError {
  const code = errorCode(error);
  const reason =
    code === 'EADDRINUSE' ? 'is in use by another program' : code === 'EACCES' ? 'may not be used by this account' : `cannot be had (${code ?? String(error)})`;
  return new ProblemError([problem('U050', `Port ${port} ${reason}.`, 'Choose another port, or leave --port out for a free one.')]);
}
