import type { Transport } from './transport.ts';

/** What the preload script of the Electron shell puts on `window.unroll`. */
export interface PreloadApi {
  readonly request: (name: string, argument: unknown) => Promise<unknown>;
  readonly onEvent: (listener: (name: string, payload: unknown) => void) => void;
  /** Hands over files that a person dropped: `project`, or data as `data.choose` names it. The paths stay with the preload script and the host. */
  readonly drop: (what: string, files: readonly File[]) => Promise<unknown>;
}

/** The host lives in the same application, so its connection cannot be lost while the window stands. */
export function electronTransport(api: PreloadApi): Transport {
  return {
    request: (name, argument) => api.request(name, argument),
    onEvent: (listener) => {
      api.onEvent(listener);
    },
    onConnection: (listener) => {
      listener('open');
    },
  };
}
