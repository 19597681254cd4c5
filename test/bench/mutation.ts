import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyWithMutants, drawMutants, roomMutants, trackedFiles } from './mutation/draw.ts';
import { EQUIVALENTS } from './mutation/equivalents.ts';
import { Outcomes } from './mutation/outcomes.ts';
import { linesOf, type Answer, type Line, type Plan } from './mutation/plan.ts';
import { refusedByTypes } from './mutation/refused-by-types.ts';
import { RunnerProcess } from './mutation/runner-process.ts';

/**
 * How many small mistakes in the engine the tests notice: `node test/bench/mutation.ts [--mutants N] [--rooms a,b] [--seed N] [--minutes N] [--tests a,b] [--only id,id]`.
 * Of each room N mutants are drawn by a seed and put, asleep, into a copy of the repository. Every test runs as it is, then with each mutant awake that it
 * reaches; of what no test notices the type checker is asked; then the slower tests are tried, as many as fit into `--work` milliseconds for each mutant;
 * then a mutant in what is made when a module is loaded is awake from the start of the files that reach it. When the minutes are over, what is left is
 * told as not tried to the end.
 */
const { values: options } = parseArgs({
  options: {
    mutants: { type: 'string', default: '100' },
    rooms: { type: 'string', default: 'document,ir,train,exchange' },
    seed: { type: 'string', default: '9' },
    minutes: { type: 'string', default: '60' },
    tests: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    slow: { type: 'string', default: '2000' },
    work: { type: 'string', default: '15000' },
    report: { type: 'string', default: 'out/mutation.json' },
  },
});

/** Those of `host` run the engine in another thread or process, where mutants sleep. */
const TESTS = /^test\/(pure|golden|kernels|session)\/.*[.]test[.]tsx?$/;
/** Train models to their scores, minute after minute: only for mutants that no other test reaches. */
const LAST = /\/(learning|scenario-exports|scenario-scores|series-scores|language-scores|remedies|memory-length)[.]test[.]ts$/;
/** A file of more work than this is loaded with mutants awake only where no other reaches them. */
const LONG_FILE = 20_000;
const PATIENCE = 240_000;
const commaList = (text: string): string[] => text.split(',').filter((part) => part !== '');

const rooms = commaList(options.rooms);
/** How many mutants of the rooms an entry of the equivalent ones names. */
const known = new Map<string, number>();
const sameAs = (mutant: { file: string; original: string; replacement: string }): string => JSON.stringify([mutant.file, mutant.original, mutant.replacement]);
const equivalents = new Set(EQUIVALENTS.map(sameAs));
const drawn = rooms.flatMap((room) => {
  const all = roomMutants(room);
  for (const mutant of all) known.set(sameAs(mutant), (known.get(sameAs(mutant)) ?? 0) + 1);
  const mutants = drawMutants(all, Number(options.mutants), Number(options.seed));
  const judged = mutants.filter((mutant) => !equivalents.has(sameAs(mutant)));
  console.log(`${room}: ${String(all.length)} mutants, ${String(mutants.length)} drawn, ${String(mutants.length - judged.length)} of them equivalent`);
  return judged;
});
for (const each of EQUIVALENTS.filter(({ file }) => rooms.some((room) => file.startsWith(`src-engine/${room}/`)))) {
  const count = known.get(sameAs(each)) ?? 0;
  if (count !== 1) throw new Error(`${String(count)} mutants are what this equivalent one says: ${sameAs(each)}`);
}
const only = new Set(commaList(options.only).map(Number));
const outcomes = new Outcomes(only.size === 0 ? drawn : drawn.filter(({ id }) => only.has(id)));
const named = commaList(options.tests);
const files = named.length > 0 ? named : trackedFiles().filter((file) => TESTS.test(file));
const until = performance.now() + 60_000 * Number(options.minutes);
/** Whether there is time left; otherwise these mutants are not tried to the end. */
function isTimeFor(ids: Iterable<number>): boolean {
  if (performance.now() < until) return true;
  for (const id of ids) outcomes.cutOff.add(id);
  return false;
}
const copy = copyWithMutants(drawn);
const notes = join(copy, 'mutation-notes');
writeFileSync(notes, '');
const runner = new RunnerProcess(copy);

const allLines = (): Line[] => linesOf(readFileSync(notes, 'utf8'));
const openIds = (): number[] => outcomes.open.map(({ id }) => id);
const ask = (file: string, plan: Partial<Plan>, bail = 0): Promise<Answer | undefined> =>
  runner.ask({ plan: { awake: [], ids: [], chosen: null, notes, slow: Infinity, ...plan }, files: [file], bail }, PATIENCE, () => statSync(notes).size);

/** One file test by test; goes on behind a mutant that stands still. */
async function tryInTests(file: string, plan: Partial<Plan>): Promise<void> {
  for (let ids = openIds(); ; ids = ids.filter((id) => outcomes.isOpen(id))) {
    const before = allLines().length;
    const answer = await ask(file, { ids, ...plan });
    const lines = allLines().slice(before);
    outcomes.take(lines);
    const last = lines.at(-1);
    if (answer !== undefined) {
      await noteOwnFailures(file, answer);
      return;
    }
    if (last?.what !== 'tries') {
      console.log(`left out, it takes too long: ${file}`);
      return;
    }
    outcomes.notice(last.id, 'late', `${last.file}: ${last.test}`);
  }
}

/** What fails is run once more without any mutant, so that nothing one left behind is laid to the test. */
async function noteOwnFailures(file: string, { failed }: Answer): Promise<void> {
  if (failed.length === 0) return;
  for (const { test, message } of (await ask(file, {}))?.failed ?? []) {
    console.log(`fails of itself: ${test}: ${message.split('\n')[0] ?? ''}`);
    outcomes.ownFailures.add(test);
  }
}

/** The slower tests of each mutant, the quickest first, at least one, at most as many as fit into the work it is given. */
async function tryInSlowTests(): Promise<void> {
  const slow = allLines().flatMap((line) => (line.what === 'slow' ? [line] : []));
  const chosen = new Map<string, Record<string, number[]>>();
  for (const id of openIds()) {
    let work = 0;
    for (const { file, test, cost } of slow.filter(({ ids }) => ids.includes(id)).sort((a, b) => a.cost - b.cost)) {
      if (work > 0 && work + cost > Number(options.work)) break;
      work += cost;
      const tests = chosen.get(file) ?? {};
      chosen.set(file, { ...tests, [test]: [...(tests[test] ?? []), id] });
    }
  }
  for (const [file, tests] of chosen) if (isTimeFor(Object.values(tests).flat())) await tryInTests(file, { chosen: tests });
}

/** Awake together from the start of a file; where it fails that passes otherwise, each half, down to the one that makes it fail by itself. */
async function tryFromStart(file: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0 || !isTimeFor(ids)) return;
  const answer = await ask(file, { awake: ids }, outcomes.ownFailures.size === 0 ? 1 : 0);
  const failure = answer?.failed.find(({ test }) => !outcomes.ownFailures.has(test));
  if (answer !== undefined && failure === undefined) return;
  const [first = -1] = ids;
  if (ids.length === 1) {
    outcomes.notice(first, answer === undefined ? 'late' : 'fails', failure?.test ?? file);
    return;
  }
  const middle = Math.ceil(ids.length / 2);
  await tryFromStart(file, ids.slice(0, middle));
  await tryFromStart(file, ids.slice(middle));
}

function say(what: string): void {
  const open = outcomes.open.length;
  console.log(
    `${what}: ${String(outcomes.asked.length - open)} noticed, ${String(open)} not; ${((until - performance.now()) / 60_000).toFixed(1)} minutes left`,
  );
  writeFileSync(options.report, JSON.stringify(outcomes.list(), undefined, 1));
}

try {
  for (const file of files.filter((each) => !LAST.test(each))) if (isTimeFor(openIds())) await tryInTests(file, { slow: Number(options.slow) });
  say('Test by test');
  const told = outcomes.open;
  refusedByTypes(told, ({ id }) => {
    outcomes.notice(id, 'types', 'the type checker');
  });
  say('With types');
  await tryInSlowTests();
  say('With slower tests');
  const loaded = allLines().filter((line) => line.what === 'outside' || line.what === 'once');
  const costs = new Map(loaded.flatMap((line) => (line.what === 'outside' ? [[line.file, line.cost] as const] : [])));
  const reaching = (file: string): Set<number> => new Set(loaded.flatMap((line) => (line.file === file ? line.ids : [])));
  const byCost = [...costs].sort(([, a], [, b]) => a - b);
  const met = new Set<number>();
  for (const [file, cost] of byCost) {
    const ids = [...reaching(file)].filter((id) => outcomes.isOpen(id) && (cost < LONG_FILE || !met.has(id)));
    await tryFromStart(file, ids);
    for (const id of ids) met.add(id);
  }
  say('Awake from the start');
  for (const file of files.filter((each) => LAST.test(each))) {
    const ids = openIds().filter((id) => !outcomes.isReached(id));
    if (ids.length > 0 && isTimeFor(ids)) await tryInTests(file, { ids });
  }
  say('All');
} finally {
  runner.end();
  rmSync(copy, { recursive: true, force: true });
}
for (const line of outcomes.summary(rooms)) console.log(line);
