import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { problem, type Problem } from '../../src-engine/document/problems.ts';
import type { SessionRequestName, SessionRequests } from '../../src-engine/session/protocol.ts';
import type { EngineEvent } from './engine-event.ts';
import { parseWorkerMessage, type WorkerReply } from './worker-message.ts';

export type EngineReply<N extends SessionRequestName> =
  { readonly ok: true; readonly value: SessionRequests[N]['reply'] } | { readonly ok: false; readonly problems: readonly Problem[] };

export type EngineListener = (event: EngineEvent) => void;

export interface EnginePlace {
  /** The bundled worker file; the entry file of each shell builds it. */
  readonly worker: URL;
  /** Folder of kernels and built-in data. */
  readonly engineDirectory: string;
  /** The most that the thread's JavaScript may hold, in MiB; without it what the runtime allows. A thread that needs more dies alone. */
  readonly heapMegabytes?: number;
  /** Told of the bug that a thread died of. */
  readonly reportBug?: (error: unknown) => void;
}

interface Pending {
  readonly resolve: (reply: WorkerReply) => void;
}

/** Milliseconds that a worker has to end its kernel threads and itself; what it does then is cut off. */
const CLOSE_WITHIN = 3000;

/**
 * How V8 keeps the heap of a training that goes on for hours near what is alive: by itself it lets half a gigabyte of garbage gather before the first full
 * collection, four times what is alive before each later one, and 128 MiB of short-lived objects. MiB and per cent.
 */
const HEAP_FLAGS = ['--initial-old-space-size=48', '--heap-growing-percent=50', '--max-semi-space-size=16'];

/**
 * The worker thread that trains, from outside. It is started by the first request, and again by the first one after its death;
 * a death answers whatever was pending with U060 and is told as a `died` event, so that no request waits forever.
 */
export class EngineThread {
  readonly #place: EnginePlace;
  readonly #closeWithin: number;
  readonly #listeners = new Set<EngineListener>();
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 1;

  /** `closeWithin` in milliseconds: the time that `close` gives the worker. */
  constructor(place: EnginePlace, closeWithin = CLOSE_WITHIN) {
    this.#place = place;
    this.#closeWithin = closeWithin;
  }

  request<N extends SessionRequestName>(name: N, argument: SessionRequests[N]['request']): Promise<EngineReply<N>> {
    const { promise, resolve } = Promise.withResolvers<EngineReply<N>>();
    const id = this.#nextId;
    this.#nextId += 1;
    // The worker is this product's own code: its envelope is parsed, what is in it is what protocol.ts says.
    this.#pending.set(id, {
      resolve: (reply) => {
        resolve(reply as EngineReply<N>);
      },
    });
    try {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id, name, argument });
    } catch (error) {
      this.#settle(id, { ok: false, problems: [stoppedProblem(sentenceOf(error))] });
    }
    return promise;
  }

  /** Returns the function that ends the subscription. */
  onEvent(listener: EngineListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Ends the thread without a `died` event; what was pending is answered with U060. The worker is asked to end its kernel threads and then
   * itself; one that has not done so after 3 s, because it is busy or broken, is terminated.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#answerAll('Unroll is closing.');
    if (worker === null) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ id: 0, name: 'close', argument: {} });
    const late = setTimeout(() => void worker.terminate(), this.#closeWithin);
    await ended;
    clearTimeout(late);
  }

  #start(): Worker {
    const { worker: file, engineDirectory, heapMegabytes } = this.#place;
    const limits = heapMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } };
    for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
    const worker = new Worker(file, { workerData: { engineDirectory }, ...limits });
    worker.on('message', (message: unknown) => {
      this.#hear(worker, message);
    });
    worker.on('messageerror', (error) => {
      this.#bury(worker, sentenceOf(error));
    });
    worker.on('error', (error) => {
      if (worker === this.#worker) this.#place.reportBug?.(error);
      this.#bury(worker, sentenceOf(error));
    });
    worker.on('exit', (code) => {
      this.#bury(worker, `it ended with code ${code}`);
    });
    return worker;
  }

  #hear(worker: Worker, message: unknown): void {
    if (worker !== this.#worker) return;
    const parsed = parseWorkerMessage(message);
    if (parsed === null) {
      this.#bury(worker, 'it sent something that is not a message');
    } else if (parsed.kind === 'event') {
      this.#tell(parsed.event);
    } else {
      this.#settle(parsed.id, parsed.reply);
    }
  }

  #bury(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    worker.terminate().catch(() => undefined);
    this.#answerAll(reason);
    this.#tell({ event: 'died', payload: { sentence: `The engine stopped: ${reason}. The project is unchanged; Train starts a new engine.` } });
  }

  #answerAll(reason: string): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id, { ok: false, problems: [stoppedProblem(reason)] });
  }

  #settle(id: number, reply: WorkerReply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.resolve(reply);
  }

  #tell(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

export function stoppedProblem(reason: string): Problem {
  return problem('U060', `The engine stopped before it could answer: ${reason.replace(/\.$/, '')}.`, 'Try again: the next request starts a new engine.');
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
