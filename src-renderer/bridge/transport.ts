/** What carries messages between the window and its host. Nothing that arrives through it has been checked yet. */
export interface Transport {
  /** Answers with whatever the host replied; rejects with `ConnectionLost` when no reply can come any more. */
  readonly request: (name: string, argument: unknown) => Promise<unknown>;
  readonly onEvent: (listener: (name: string, payload: unknown) => void) => void;
  /** Called at once with the present state, then at every change. */
  readonly onConnection: (listener: (state: ConnectionState) => void) => void;
}

export type ConnectionState = 'connecting' | 'open' | 'lost';

export class ConnectionLost extends Error {
  constructor() {
    super('the connection to the host closed before it answered');
    this.name = 'ConnectionLost';
  }
}
