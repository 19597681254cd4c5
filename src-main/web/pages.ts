import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { FileSystem } from '../host/files/file-system.ts';
import { openRendererFile } from '../host/files/renderer-files.ts';
import type { LaunchTokens } from './launch-tokens.ts';
import { cookieName, isAuthenticated } from './request-guard.ts';
import { sendText } from './responses.ts';

export interface PageServices {
  readonly port: number;
  readonly tokens: LaunchTokens;
  readonly rendererDirectory: string;
  readonly fileSystem: FileSystem;
}

const NEED_ADDRESS = 'Open Unroll with the address that its terminal shows. Press Enter there for a new one: each address works once.';

/** Pages and their files, for a request that the guard let through. */
export async function answerPage(request: IncomingMessage, response: ServerResponse, services: PageServices): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendText(response, 405, 'Only GET and HEAD are served.', { Allow: 'GET, HEAD' });
    return;
  }
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${services.port}`);
  const token = url.searchParams.get('token');
  if (token !== null && request.method === 'GET') {
    answerToken(request, response, token, services);
  } else if (isAuthenticated(request, services.port, services.tokens)) {
    await sendFile(request, response, services);
  } else {
    turnAway(request, response);
  }
}

/** A used token in a browser that already has its cookie leads to the app all the same. */
function answerToken(request: IncomingMessage, response: ServerResponse, token: string, services: PageServices): void {
  const secret = services.tokens.exchange(token);
  if (secret === null && !isAuthenticated(request, services.port, services.tokens)) {
    sendText(response, 403, NEED_ADDRESS);
    return;
  }
  const cookie = secret === null ? {} : { 'Set-Cookie': `${cookieName(services.port)}=${secret}; Path=/; HttpOnly; SameSite=Strict` };
  response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store', 'Content-Length': 0, ...cookie });
  response.end();
}

/**
 * A browser that came by a link on another site withholds a strict cookie, on that one request. A page that loads `/` again is
 * then of this site, and carries it.
 */
function turnAway(request: IncomingMessage, response: ServerResponse): void {
  const cameByLink = request.headers['sec-fetch-site'] === 'cross-site' && request.headers['sec-fetch-mode'] === 'navigate';
  if (!cameByLink) {
    sendText(response, 403, NEED_ADDRESS);
    return;
  }
  sendText(response, 200, '<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Unroll</title>', {
    'Content-Type': 'text/html; charset=utf-8',
  });
}

async function sendFile(request: IncomingMessage, response: ServerResponse, services: PageServices): Promise<void> {
  const path = (request.url ?? '/').replace(/[?#].*$/su, '');
  const found = await openRendererFile(services.rendererDirectory, path, services.fileSystem);
  if (found === null) {
    sendText(response, 404, 'There is nothing at this address.');
    return;
  }
  response.writeHead(200, {
    'Content-Type': found.contentType,
    'Content-Length': found.size,
    'Cache-Control': found.immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    await found.file.close();
    return;
  }
  await pipeline(found.file.createReadStream(), response).catch(() => response.destroy());
}
