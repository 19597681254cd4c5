import type { Protocol } from 'electron';
import { contentSecurityPolicy } from '../host/content-security-policy.ts';
import type { FileSystem } from '../host/files/file-system.ts';
import { openRendererFile } from '../host/files/renderer-files.ts';

/** The one origin of the window's pages. */
export const PAGE_ORIGIN = 'app://unroll';

/** Must be told to Electron before it is ready. */
export const PAGE_SCHEME = { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } } as const;

/** Serves the built window under `app://unroll/`. */
export function servePages(protocol: Protocol, rendererDirectory: string, fileSystem: FileSystem): void {
  protocol.handle(PAGE_SCHEME.scheme, (request) => answerPage(request, rendererDirectory, fileSystem));
}

async function answerPage(request: Request, rendererDirectory: string, fileSystem: FileSystem): Promise<Response> {
  const address = request.url.slice(0, PAGE_ORIGIN.length + 1) === `${PAGE_ORIGIN}/` ? request.url : null;
  if (address === null || request.method !== 'GET') return refusal(403, 'Refused.');
  const path = address.slice(PAGE_ORIGIN.length).replace(/[?#].*$/su, '');
  const found = await openRendererFile(rendererDirectory, path, fileSystem);
  if (found === null) return refusal(404, 'There is nothing at this address.');
  try {
    return new Response(await found.file.readFile(), { headers: { ...safetyHeaders(), 'Content-Type': found.contentType } });
  } finally {
    await found.file.close();
  }
}

function refusal(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { ...safetyHeaders(), 'Content-Type': 'text/plain; charset=utf-8' } });
}

function safetyHeaders(): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(null),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
