// npm test: builds, checks types, lint, format, import rules and dead code, and runs every test; `npm test -- lint unit` only those.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDependencies } from './dependencies.mjs';
import { LaunchError, main, say } from './project.mjs';
import { continueOnPinnedNode } from './runtime.mjs';
import { phases } from './test-stages.mjs';

await main(async () => {
  await ensureDependencies();
  const ended = await continueOnPinnedNode(import.meta.url);
  if (ended !== null) return ended;
  const wanted = chooseStages(process.argv.slice(2));
  say(`Testing: ${groupsOf(phases.flat().filter(wanted)).join(', ')}.`);
  const folder = mkdtempSync(path.join(tmpdir(), 'unroll-test-'));
  try {
    const counts = [];
    for (const stages of phases) counts.push(...(await runPool(stages.filter(wanted), Math.min(2, availableParallelism()), folder)));
    return summarise(counts);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {readonly import('./test-stages.mjs').Stage[]} stages */
function groupsOf(stages) {
  return [...new Set(stages.map((stage) => stage.group))];
}

/**
 * @param {readonly string[]} groups none means all
 * @returns {(stage: import('./test-stages.mjs').Stage) => boolean}
 */
function chooseStages(groups) {
  const known = groupsOf(phases.flat());
  const unknown = groups.find((group) => !known.includes(group));
  if (unknown !== undefined) throw new LaunchError(`There is no test stage "${unknown}". There are: ${known.join(', ')}.`);
  return (stage) =>
    groups.length === 0 || groups.includes(stage.group) || (stage.group === 'build' && groups.some((group) => group === 'unit' || group === 'e2e'));
}

/**
 * Runs the stages in order, so many at a time; a failed one stops none of the others.
 * @param {readonly import('./test-stages.mjs').Stage[]} stages
 * @param {number} width
 * @param {string} folder for reports
 */
async function runPool(stages, width, folder) {
  const left = [...stages];
  /** @type {(import('./test-counts.mjs').Counts & { note: string | null })[]} */
  const counts = [];
  const work = async () => {
    for (let stage = left.shift(); stage !== undefined; stage = left.shift()) counts.push(await runStage(stage, folder));
  };
  await Promise.all(Array.from({ length: width }, work));
  return counts;
}

/**
 * @param {import('./test-stages.mjs').Stage} stage
 * @param {string} folder
 */
async function runStage(stage, folder) {
  const started = performance.now();
  const { counts, output, note = null } = await stage.run(folder);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const verdict = counts.failed === 0 ? 'passed' : 'FAILED';
  const tests = counts.passed + counts.failed > 1 ? ` (${String(counts.passed)} passed, ${String(counts.failed)} failed)` : '';
  process.stdout.write(`${verdict}  ${stage.name}${tests}  ${seconds} s\n`);
  if (counts.failed > 0) process.stdout.write(`${output.trimEnd()}\n`);
  return { ...counts, note };
}

/**
 * @param {readonly (import('./test-counts.mjs').Counts & { readonly note: string | null })[]} all
 * @returns {number} exit code
 */
function summarise(all) {
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0);
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0);
  for (const { note } of all) if (note !== null) process.stdout.write(`${note}\n`);
  process.stdout.write(`${String(passed)} passed, ${String(failed)} failed\n`);
  return failed === 0 ? 0 : 1;
}
