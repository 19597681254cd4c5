import { appendFileSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { afterAll, beforeEach, expect, inject } from 'vitest';
import { getFn, setFn } from 'vitest/suite';
import { linesOf, type Line, type Plan } from './plan.ts';

declare module 'vitest' {
  interface ProvidedContext {
    plan: Plan;
  }
}

/**
 * Runs in each test file before the file is loaded. A test runs once as it is, which tells the mutants it reaches, and once more with each of them awake.
 * What is reached while no test runs (tables made when a module is loaded) is written down: such a mutant has to be awake from the start.
 */
const { awake, ids, notes, slow } = inject('plan');
const left = new Set(ids);
for (const line of linesOf(readFileSync(notes, 'utf8'))) if (line.what === 'kills') left.delete(line.id);
const outside = new Set<number>();
let reached = outside;
let active = awake;
let calls = 0;
let deadline = Infinity;

/** Milliseconds of this thread's own work: what others do on the machine does not count. */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

function on(id: number): boolean {
  reached.add(id);
  calls += 1;
  if (calls % 256 === 0 && spent() > deadline) throw new Error('Too slow: it would go on for ever.');
  return id === active;
}
Object.assign(globalThis, { mutants: { on } });

const file = relative(process.cwd(), expect.getState().testPath ?? '');
const write = (line: Line): void => {
  appendFileSync(notes, `${JSON.stringify(line)}\n`);
};

/** Whether the test passes with this mutant awake. */
async function passes(run: () => unknown, mutant: number, budget: number): Promise<boolean> {
  active = mutant;
  deadline = spent() + budget;
  try {
    await run();
    return true;
  } catch {
    return false;
  } finally {
    active = -1;
    deadline = Infinity;
  }
}

beforeEach(({ task }) => {
  if (awake !== -1) return;
  const run = getFn(task);
  setFn(task, async () => {
    const here = new Set<number>();
    reached = here;
    try {
      const began = spent();
      await run();
      const cost = spent() - began;
      if (cost > slow) write({ what: 'slow', file, test: task.name, cost });
      const tried = cost > slow ? [] : [...here].filter((id) => left.has(id));
      for (const id of tried) {
        write({ what: 'tries', file, test: task.name, id });
        if (await passes(run, id, 1000 + 20 * cost)) continue;
        // Neither a test that runs only once, nor what a mutant leaves behind in a memory of the module, may be laid to a mutant.
        if (!(await passes(run, -1, Infinity))) throw new Error(`After mutant ${String(id)} it fails of itself.`);
        left.delete(id);
        write({ what: 'kills', file, test: task.name, id });
      }
    } finally {
      reached = outside;
    }
  });
});

afterAll(() => {
  if (awake === -1) write({ what: 'outside', file, ids: [...outside] });
});
