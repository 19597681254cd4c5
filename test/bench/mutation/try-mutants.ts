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
const { awake, ids, chosen, notes, slow } = inject('plan');
const NONE: ReadonlySet<number> = new Set();
const left = new Set(ids);
for (const line of linesOf(readFileSync(notes, 'utf8'))) if (line.what === 'fails' || line.what === 'late') left.delete(line.id);
const outside = new Set<number>();
let reached = outside;
let active: ReadonlySet<number> = new Set(awake);
let calls = 0;
/** What is found out while a test runs. */
const seen = { isLate: false };

/** A clock of this thread's own work; where it waits for another process, of a quarter of the time gone by: what others do on the machine hardly counts. */
function clock(): () => number {
  const [began, at] = [process.threadCpuUsage(), performance.now()];
  return () => {
    const { user, system } = process.threadCpuUsage(began);
    return Math.max((user + system) / 1000, (performance.now() - at) / 4);
  };
}
const sinceLoading = clock();
let tooLate = (): boolean => false;

function on(id: number): boolean {
  reached.add(id);
  calls += 1;
  if (calls % 256 === 0 && tooLate()) {
    seen.isLate = true;
    throw new Error('Too slow: it would go on for ever.');
  }
  return active.has(id);
}
Object.assign(globalThis, { mutants: { on } });

const file = relative(process.cwd(), expect.getState().testPath ?? '');
const write = (line: Line): void => {
  appendFileSync(notes, `${JSON.stringify(line)}\n`);
};

const wasLate = (): boolean => seen.isLate;

/** How the test goes with these mutants awake. */
async function goes(run: () => unknown, mutants: ReadonlySet<number>, budget: number): Promise<'passes' | 'fails' | 'late'> {
  active = mutants;
  seen.isLate = false;
  const spent = clock();
  tooLate = () => spent() > budget;
  try {
    await run();
    return wasLate() ? 'late' : 'passes';
  } catch (error) {
    return wasLate() || /^Test timed out/u.test(String((error as Error | undefined)?.message)) ? 'late' : 'fails';
  } finally {
    active = NONE;
    tooLate = () => false;
  }
}

beforeEach(({ task }) => {
  if (awake.length > 0) return;
  const test = task.fullTestName;
  const asked = chosen === null ? null : (chosen[test] ?? []);
  if (asked?.length === 0) {
    setFn(task, () => undefined);
    return;
  }
  const run = getFn(task);
  setFn(task, async () => {
    const here = new Set<number>();
    reached = here;
    const untried = (): number[] => [...here].filter((id) => left.has(id) && (asked === null || asked.includes(id)));
    try {
      const spent = clock();
      await run();
      const cost = spent();
      if (cost > slow) {
        write({ what: 'slow', file, test, cost, ids: untried() });
        return;
      }
      for (const id of untried()) {
        write({ what: 'tries', file, test, id });
        const found = await goes(run, new Set([id]), 1000 + 20 * cost);
        if (found === 'passes') continue;
        // Neither a test that runs only once, nor what a mutant leaves behind in a memory of the module, may be laid to a mutant.
        if ((await goes(run, NONE, Infinity)) !== 'passes') throw new Error(`After mutant ${String(id)} it fails of itself.`);
        left.delete(id);
        write({ what: found, file, test, id });
      }
    } catch (error) {
      write({ what: 'once', file, ids: untried() });
      throw error;
    } finally {
      reached = outside;
    }
  });
});

afterAll(() => {
  if (awake.length === 0 && chosen === null) write({ what: 'outside', file, ids: [...outside], cost: sinceLoading() });
});
