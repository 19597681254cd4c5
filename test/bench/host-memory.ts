import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** MiB. */
export interface HostMemory {
  /** What the system holds for the process, garbage and the allocators' spare room included. */
  readonly resident: number;
  /** Heaps and array buffers of all its threads after a collection: what could not be freed. */
  readonly live: number;
}

const PORT = 9229;
const LIVE = `(() => { const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; })()`;

const Target = z.object({ webSocketDebuggerUrl: z.string() });
const Targets = z.tuple([Target], Target);
const Value = z.object({ result: z.object({ value: z.number() }) });
const Reply = z.object({ id: z.number(), result: z.unknown() });
const Attached = z.object({ method: z.literal('NodeWorker.attachedToWorker'), params: z.object({ sessionId: z.string() }) });
const FromWorker = z.object({ method: z.literal('NodeWorker.receivedMessageFromWorker'), params: z.object({ message: z.string() }) });

/** Asks a thread's inspector. */
type Ask = (method: string, params?: object) => Promise<unknown>;

/**
 * Asks a Node process for its memory through its inspector, which a signal opens: https://nodejs.org/learn/getting-started/debugging. Worker threads by
 * the domain NodeWorker. Collects garbage in each of them. Threads that wait in `Atomics.wait` (the kernels') have next to no heap and are not asked.
 */
export class HostInspector {
  readonly #processId: number;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  readonly #workers: string[] = [];
  #latest = 0;

  private constructor(processId: number, socket: WebSocket) {
    this.#processId = processId;
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#hear(JSON.parse(String(data)));
    });
  }

  static async open(processId: number): Promise<HostInspector> {
    process.kill(processId, 'SIGUSR1');
    await wait(1000);
    const [target] = Targets.parse(await (await fetch(`http://127.0.0.1:${String(PORT)}/json`)).json());
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((resolve) => {
      socket.addEventListener('open', resolve, { once: true });
    });
    const inspector = new HostInspector(processId, socket);
    await inspector.#main('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return inspector;
  }

  async measure(): Promise<HostMemory> {
    const found = /VmRSS:\s+(\d+)/u.exec(await readFile(`/proc/${String(this.#processId)}/status`, 'utf8'));
    let live = 0;
    for (const ask of [this.#main, ...this.#workers.map((each) => this.#worker(each))]) {
      await ask('HeapProfiler.collectGarbage');
      live += Value.parse(await ask('Runtime.evaluate', { expression: LIVE, returnByValue: true })).result.value;
    }
    return { resident: Number(found?.[1] ?? Number.NaN) / 1024, live: live / 2 ** 20 };
  }

  close(): void {
    this.#socket.close();
  }

  readonly #main: Ask = (method, params = {}) => this.#answer((id) => ({ id, method, params }));

  #worker(sessionId: string): Ask {
    return (method, params = {}) =>
      this.#answer((id) => {
        const message = JSON.stringify({ id, method, params });
        return { id: -id, method: 'NodeWorker.sendMessageToWorker', params: { sessionId, message } };
      });
  }

  #answer(request: (id: number) => object): Promise<unknown> {
    const id = ++this.#latest;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#socket.send(JSON.stringify(request(id)));
    });
  }

  #hear(message: unknown): void {
    const reply = Reply.safeParse(message);
    if (reply.success) this.#waiting.get(reply.data.id)?.(reply.data.result);
    const attached = Attached.safeParse(message);
    if (attached.success) this.#workers.push(attached.data.params.sessionId);
    const fromWorker = FromWorker.safeParse(message);
    if (fromWorker.success) this.#hear(JSON.parse(fromWorker.data.params.message));
  }
}
