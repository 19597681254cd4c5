import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { contentSecurityPolicy } from '../host/content-security-policy.ts';

/** On every response, whatever its status. */
export function securityHeaders(port: number, host: string | undefined): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(`ws://${host ?? `127.0.0.1:${port}`}`),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  };
}

export function sendText(response: ServerResponse, status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): void {
  const body = Buffer.from(`${sentence}\n`);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': body.length, 'Cache-Control': 'no-store', ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** Answers on the bare socket, where there is no ServerResponse: a refused upgrade, an unreadable request. */
export function refuseRaw(socket: Duplex, status: number, sentence: string, port: number): void {
  const body = `${sentence}\n`;
  const headers = {
    ...securityHeaders(port, undefined),
    Connection: 'close',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'), () => socket.destroy());
}
