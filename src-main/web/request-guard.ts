import type { IncomingMessage } from 'node:http';
import type { LaunchTokens } from './launch-tokens.ts';

export interface Refusal {
  readonly status: 400 | 403 | 413 | 421;
  readonly sentence: string;
}

/** The addresses this host answers to, as a `Host` header spells them. */
function allowedHosts(port: number): readonly string[] {
  return ['127.0.0.1', 'localhost'].map((name) => new URL(`http://${name}:${port}/`).host);
}

/**
 * What can be said against a request before anything else is looked at: a name that is not ours (DNS rebinding), a body, a page
 * of another origin. Null where there is nothing.
 */
export function refuseByHeaders(request: IncomingMessage, port: number): Refusal | null {
  const hosts = request.headersDistinct['host'] ?? [];
  const host = hosts[0];
  if (hosts.length !== 1 || host === undefined) return { status: 400, sentence: 'One Host header is needed.' };
  if (!allowedHosts(port).includes(host)) return { status: 421, sentence: 'This host answers to its own address only.' };
  if (request.url?.startsWith('/') !== true) return { status: 400, sentence: 'The request must name a path.' };
  if (hasBody(request) && !isUpload(request)) return { status: 413, sentence: 'Requests carry no body here.' };
  if (changesState(request) && !hasOwnOrigin(request, host)) return { status: 403, sentence: 'The request must come from the app itself.' };
  return null;
}

/** The one request that may have a body: data to be imported. Its type is none that another site's page could send without asking first. */
export function isUpload(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url === '/data' && request.headers['content-type'] === 'application/octet-stream';
}

function hasBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

function changesState(request: IncomingMessage): boolean {
  return request.headers.upgrade !== undefined || (request.method !== 'GET' && request.method !== 'HEAD');
}

function hasOwnOrigin(request: IncomingMessage, host: string): boolean {
  const origins = request.headersDistinct['origin'] ?? [];
  return origins.length === 1 && origins[0] === `http://${host}`;
}

/** Cookies are shared by all ports of a name: the port in its name keeps two hosts apart. */
export function cookieName(port: number): string {
  return `unroll-${port}`;
}

export function isAuthenticated(request: IncomingMessage, port: number, tokens: LaunchTokens): boolean {
  const prefix = `${cookieName(port)}=`;
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
    .map((part) => part.slice(prefix.length));
  return values.some((value) => tokens.isSession(value));
}
