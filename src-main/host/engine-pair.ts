import type { SessionRequestName, SessionRequests } from '../../src-engine/session/protocol.ts';
import { EngineThread, stoppedProblem, type EngineListener, type EnginePlace, type EngineReply } from './engine-thread.ts';

/**
 * The engine of a window: the thread that trains, and beside it one for experiments, so that the user's training goes on meanwhile. The second is started by
 * an experiment and ends with the last one under way.
 */
export class EnginePair {
  readonly #training: EngineThread;
  readonly #laboratory: EngineThread;
  #experiments = 0;
  #closed = false;

  /** `closeWithin` in milliseconds: the time that `close` gives each thread. */
  constructor(place: EnginePlace, closeWithin?: number) {
    this.#training = new EngineThread(place, closeWithin);
    this.#laboratory = new EngineThread(place, closeWithin);
  }

  /** After `close` answered with U060: no thread is started that nobody would end. */
  request<N extends SessionRequestName>(name: N, argument: SessionRequests[N]['request']): Promise<EngineReply<N>> {
    if (this.#closed) return Promise.resolve({ ok: false, problems: [stoppedProblem('Unroll is closing.')] });
    if (name === 'measureMemory') return this.#experiment(name, argument);
    // With no experiment under way the training thread says so: no thread is started to be asked.
    if (name === 'cancelMemory' && this.#experiments > 0) return this.#laboratory.request(name, argument);
    return this.#training.request(name, argument);
  }

  /** Hears all that the training thread says, and how experiments go. Returns the function that ends the subscription. */
  onEvent(listener: EngineListener): () => void {
    const ends = [
      this.#training.onEvent(listener),
      this.#laboratory.onEvent((event) => {
        if (event.event === 'memory') listener(event);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  /** For good. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#training.close(), this.#laboratory.close()]);
  }

  async #experiment<N extends SessionRequestName>(name: N, argument: SessionRequests[N]['request']): Promise<EngineReply<N>> {
    this.#experiments += 1;
    try {
      return await this.#laboratory.request(name, argument);
    } finally {
      this.#experiments -= 1;
      if (this.#experiments === 0) void this.#laboratory.close();
    }
  }
}
