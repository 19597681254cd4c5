import { createClient, type Client } from './client.ts';
import { electronTransport, type PreloadApi } from './electron-transport.ts';
import { parseReply, type ParsedReply } from './schemas.ts';
import type { Transport } from './transport.ts';
import { webSocketTransport } from './web-socket-transport.ts';

declare global {
  interface Window {
    /** Present in the Electron shell only. */
    readonly unroll?: PreloadApi;
  }
}

function chooseTransport(window: Window): Transport {
  if (window.unroll !== undefined) return electronTransport(window.unroll);
  const address = new URL('/socket', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return webSocketTransport({
    open: () => new WebSocket(address),
    after: (milliseconds, action) => {
      window.setTimeout(action, milliseconds);
    },
  });
}

/** Hands dropped files to a host on this computer; null in a browser, which has to send their content. */
export function handOverOf<N extends 'project.open' | 'data.choose'>(
  window: Window,
  name: N,
): ((what: string, files: readonly File[]) => Promise<ParsedReply<N>>) | null {
  const { unroll } = window;
  return unroll === undefined ? null : async (what, files) => parseReply(name, await unroll.drop(what, files));
}

/** The client of whichever shell shows this window. */
export function connect(window: Window): Client {
  return createClient(chooseTransport(window));
}
