import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer, Question } from './plan.ts';

/** A process that runs test files in a copy of the repository; one that stands still is ended and begun anew. */
export class RunnerProcess {
  readonly #copy: string;
  #child: Promise<ChildProcess> | undefined;

  constructor(copy: string) {
    this.#copy = copy;
  }

  /** The answer, or nothing when `progress` has not changed for `patience` milliseconds. */
  async ask(question: Question, patience: number, progress: () => number): Promise<Answer | undefined> {
    this.#child ??= started(this.#copy);
    const child = await this.#child;
    const given = new AbortController();
    let [seen, at] = [progress(), performance.now()];
    const watch = setInterval(() => {
      const now = progress();
      if (now !== seen) [seen, at] = [now, performance.now()];
      else if (performance.now() - at > patience) given.abort();
    }, 500);
    try {
      child.send(question);
      const [answer] = (await once(child, 'message', { signal: given.signal })) as [Answer];
      return answer;
    } catch (error) {
      if (!given.signal.aborted) throw error;
      this.end();
      return undefined;
    } finally {
      clearInterval(watch);
    }
  }

  end(): void {
    const child = this.#child;
    this.#child = undefined;
    void child?.then((running) => running.kill('SIGKILL'));
  }
}

async function started(copy: string): Promise<ChildProcess> {
  const child = fork(join(copy, 'test/bench/mutation/runner.ts'), { cwd: copy, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await once(child, 'message');
  return child;
}
