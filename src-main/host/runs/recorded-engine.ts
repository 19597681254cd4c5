import type { SessionRequestName, SessionRequests } from '../../../src-engine/session/protocol.ts';
import type { HeardEvent, HeardListener } from '../engine-event.ts';
import type { EngineListener, EngineReply } from '../engine-thread.ts';
import type { Requester } from '../ask-engine.ts';
import { RunRecorder, type OpenedDocument, type RecorderServices } from './run-recorder.ts';

/** What an engine thread is to those who record it. */
export interface Engine extends Requester {
  onEvent(listener: EngineListener): () => void;
}

const NOBODY: OpenedDocument = {
  opening: null,
  document: { id: '', text: '', handle: null, fileName: null, version: null, saved: false },
  project: '',
  folder: null,
};

/** An engine whose runs are kept: the same requests and events, and those that tell of runs. */
export class RecordedEngine implements Requester {
  readonly recorder: RunRecorder;
  readonly #engine: Engine;
  readonly #listeners = new Set<HeardListener>();
  #from: OpenedDocument = NOBODY;

  constructor(engine: Engine, services: Omit<RecorderServices, 'engine' | 'changed'>) {
    this.#engine = engine;
    this.recorder = new RunRecorder({
      ...services,
      engine,
      changed: () => {
        this.#tell({ event: 'runs', payload: { current: this.recorder.current } });
      },
    });
    engine.onEvent((event) => {
      // Recorded first: a window that asks after it has heard finds it.
      this.recorder.hear(event);
      this.#tell(event);
    });
  }

  /** What the next project that is opened belongs to. */
  expect(from: OpenedDocument): void {
    this.#from = from;
  }

  async request<N extends SessionRequestName>(name: N, argument: SessionRequests[N]['request']): Promise<EngineReply<N>> {
    if (name === 'open' || name === 'reset' || name === 'resume') this.recorder.leave();
    if (name === 'reset') this.recorder.startsAnew();
    if (name === 'open') return await this.#open(name, argument);
    return await this.#engine.request(name, argument);
  }

  /** The engine alone. */
  onEvent(listener: EngineListener): () => void {
    return this.#engine.onEvent(listener);
  }

  /** The engine and its runs, as the windows hear them. */
  onHostEvent(listener: HeardListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #open<N extends SessionRequestName>(name: N, argument: SessionRequests[N]['request']): Promise<EngineReply<N>> {
    const from = this.#from;
    this.#from = NOBODY;
    const reply = (await this.#engine.request(name, argument)) as EngineReply<'open'>;
    if (!reply.ok) this.recorder.lost();
    else {
      const { project } = argument as SessionRequests['open']['request'];
      this.recorder.opened(JSON.stringify(project), reply.value, from);
      this.#tell({ event: 'opened', payload: { opening: from.opening, name: nameOf(project) } });
    }
    return reply;
  }

  #tell(event: HeardEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function nameOf(project: unknown): string {
  return typeof project === 'object' && project !== null && 'name' in project && typeof project.name === 'string' ? project.name : '';
}
