import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyWithMutants, drawMutants, trackedFiles, type Drawn } from './mutation/draw.ts';
import { intervalOf } from './mutation/interval.ts';
import { linesOf, type Line } from './mutation/plan.ts';
import { refusedByTypes } from './mutation/refused-by-types.ts';
import { RunnerProcess } from './mutation/runner-process.ts';

/**
 * How many small mistakes in the engine the tests notice: `node test/bench/mutation.ts [--mutants N] [--rooms a,b] [--seed N] [--tests a,b] [--only id,id]`.
 * Of each room N mutants are drawn by a seed and put, asleep, into a copy of the repository. Every test runs as it is, then with each mutant awake that it
 * reaches; of what no test notices the type checker is asked; then a mutant in what is made when a module is loaded is awake from the start of the files
 * that reach it.
 */
const { values: options } = parseArgs({
  options: {
    mutants: { type: 'string', default: '100' },
    rooms: { type: 'string', default: 'document,ir,train,exchange' },
    seed: { type: 'string', default: '9' },
    tests: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    slow: { type: 'string', default: '2000' },
    report: { type: 'string', default: 'out/mutation.json' },
  },
});

const TESTS = /^test\/(pure|golden)\/.*[.]test[.]tsx?$/;
const PATIENCE = 240_000;
const commaList = (text: string): string[] => text.split(',').filter((part) => part !== '');

interface Outcome {
  readonly by: string;
}

/** Tries all of them test by test; goes on behind a mutant that stands still. */
async function tryInTests(
  asked: readonly Drawn[],
  files: readonly string[],
  notes: string,
  runner: RunnerProcess,
  killed: Map<number, Outcome>,
): Promise<void> {
  let left = files;
  while (left.length > 0) {
    const ids = asked.map(({ id }) => id).filter((id) => !killed.has(id));
    const plan = { awake: -1, ids, notes, slow: Number(options.slow) };
    const answer = await runner.ask({ plan, files: left }, PATIENCE, () => statSync(notes).size);
    const lines = linesOf(readFileSync(notes, 'utf8'));
    for (const line of lines) if (line.what === 'kills' && !killed.has(line.id)) killed.set(line.id, { by: `${line.file}: ${line.test}` });
    if (answer !== undefined) {
      for (const { test, message } of answer.failed) {
        console.log(`fails of itself: ${test}: ${message}`);
        ownFailures.add(test);
      }
      return;
    }
    const done = new Set(lines.filter(({ what }) => what === 'outside').map(({ file }) => file));
    const last = lines.at(-1);
    left = left.filter((file) => !done.has(file));
    if (last?.what === 'tries') killed.set(last.id, { by: `stands still in ${last.file}` });
    else {
      console.log(`left out, it takes too long: ${left[0] ?? ''}`);
      left = left.slice(1);
    }
  }
}

/** Awake from the start, in the files that reach it when they are loaded, one after another until one fails that passes otherwise. */
async function tryFromStart(mutant: Drawn, files: readonly string[], notes: string, runner: RunnerProcess): Promise<Outcome | undefined> {
  for (const file of files) {
    const plan = { awake: mutant.id, ids: [], notes, slow: 0 };
    const answer = await runner.ask({ plan, files: [file] }, PATIENCE, () => 0);
    if (answer === undefined) return { by: `stands still in ${file}` };
    const failure = answer.failed.find(({ test }) => !ownFailures.has(test));
    if (failure !== undefined) return { by: failure.test };
  }
  return undefined;
}

const rooms = commaList(options.rooms);
const mutants = rooms.flatMap((room) => {
  const { all, drawn } = drawMutants(room, Number(options.mutants), Number(options.seed));
  console.log(`${room}: ${String(all)} mutants, ${String(drawn.length)} drawn`);
  return drawn;
});
const only = new Set(commaList(options.only).map(Number));
const asked = only.size === 0 ? mutants : mutants.filter(({ id }) => only.has(id));
const files = options.tests === '' ? trackedFiles().filter((file) => TESTS.test(file)) : commaList(options.tests);
const copy = copyWithMutants(mutants);
const notes = join(copy, 'mutation-notes');
writeFileSync(notes, '');
const runner = new RunnerProcess(copy);
const killed = new Map<number, Outcome>();
const finished = new Set<number>();
/** Tests that fail without any mutant, such as those that time themselves on a machine that is busy: they say nothing. */
const ownFailures = new Set<string>();

function report(lines: readonly Line[]): void {
  const reached = new Set(lines.flatMap((line) => (line.what === 'outside' ? line.ids : line.what === 'slow' ? [] : [line.id])));
  const outcomes = asked.map((mutant) => {
    const by = killed.get(mutant.id)?.by;
    const state = by !== undefined ? 'noticed' : !finished.has(mutant.id) ? 'untried' : reached.has(mutant.id) ? 'survived' : 'unreached';
    return { ...mutant, state, by };
  });
  writeFileSync(options.report, JSON.stringify(outcomes, undefined, 1));
  for (const room of rooms) {
    const here = outcomes.filter((outcome) => outcome.room === room && outcome.state !== 'untried');
    const noticed = here.filter(({ state }) => state === 'noticed').length;
    const [low, high] = intervalOf(noticed, here.length).map((share) => (100 * share).toFixed(0));
    const share = ((100 * noticed) / here.length).toFixed(0);
    console.log(`${room}: ${String(noticed)} of ${String(here.length)} noticed, ${share} % (95 % interval ${low ?? ''} to ${high ?? ''})`);
  }
}

try {
  await tryInTests(asked, files, notes, runner, killed);
  const lines = linesOf(readFileSync(notes, 'utf8'));
  const loading = lines.flatMap((line) => (line.what === 'outside' ? [line] : []));
  refusedByTypes(
    asked.filter(({ id }) => !killed.has(id)),
    ({ id }) => killed.set(id, { by: 'the type checker' }),
  );
  const fromStart = asked.filter(({ id }) => !killed.has(id) && loading.some((line) => line.ids.includes(id)));
  for (const { id } of asked) if (!fromStart.some((mutant) => mutant.id === id)) finished.add(id);
  console.log(`${String(killed.size)} noticed so far; ${String(fromStart.length)} to be awake from the start`);
  report(lines);
  // From each room in turn: what a run that is cut off has tried is a fair sample too.
  for (const mutant of [...fromStart].sort((a, b) => (a.id % 1000) - (b.id % 1000))) {
    const reaching = loading.filter((line) => line.ids.includes(mutant.id)).map(({ file }) => file);
    const outcome = await tryFromStart(mutant, reaching, notes, runner);
    if (outcome !== undefined) killed.set(mutant.id, outcome);
    finished.add(mutant.id);
    console.log(`${String(mutant.id)} ${mutant.file}:${String(mutant.line)} ${mutant.operator}: ${outcome?.by ?? 'survived'}`);
    report(lines);
  }
} finally {
  runner.end();
  rmSync(copy, { recursive: true, force: true });
}
