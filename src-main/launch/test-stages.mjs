import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { capture } from './capture.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { allParts } from './parts.mjs';
import { findElectron } from './electron-program.mjs';
import { root } from './project.mjs';
import { countPlaywright, countReport, countVitest, desktopNote } from './test-counts.mjs';
import { playwrightFailures, vitestFailures } from './test-failures.mjs';

/**
 * @typedef {import('./test-counts.mjs').Counts} Counts
 * @typedef {{ readonly counts: Counts, readonly output: string, readonly note?: string | null }} Outcome `note`: what the summary says of the run beside its counts
 * @typedef {{ readonly group: string, readonly name: string, readonly run: (folder: string) => Promise<Outcome> }} Stage
 */

/** Seconds after which a stage is stuck. A slow machine is not: what takes a minute on one has taken five on another. */
const LIMIT = 1800;

const layers = ['engine', 'session', 'main', 'renderer', 'test'];

/** Goes beside the end-to-end tests: it keeps one core busy for a minute, and they leave some of both free while they wait for a page. */
const lint = check('lint', 'lint', ['eslint/bin/eslint.js', '.', '--max-warnings', '0']);

/**
 * What `npm test` runs: one phase after the other, the stages of a phase side by side, two at a time. What needs the build waits for it by itself.
 * @type {readonly (readonly Stage[])[]}
 */
export const phases = [
  [
    { group: 'build', name: 'build', run: buildAll },
    ...layers.map((layer) => check('types', `types of ${layer}`, ['typescript-native/bin/tsc', '-p', `tsconfig.${layer}.json`])),
    check('imports', 'import rules', [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src-engine',
      'src-main',
      'src-renderer',
      'test',
    ]),
    check('dead', 'dead code', ['knip/bin/knip.js']),
    check('format', 'format', ['prettier/bin/prettier.cjs', '--check', '.', '--log-level', 'warn', '--cache', '--cache-location', 'out/prettier.cache']),
    { group: 'unit', name: 'unit, kernels, golden, session, host', run: runVitest },
  ],
  [{ group: 'e2e', name: 'end to end', run: runPlaywright }, lint],
];

/**
 * A tool that passes or fails as a whole.
 * @param {string} group
 * @param {string} name
 * @param {readonly [string, ...string[]]} command script below node_modules, arguments
 * @returns {Stage}
 */
function check(group, name, [script, ...args]) {
  return {
    group,
    name,
    run: async () => {
      const { code, output } = await capture([tool(script), ...args], { seconds: LIMIT });
      return { counts: one(code === 0), output };
    },
  };
}

/** @returns {Promise<Outcome>} */
async function buildAll() {
  try {
    await ensureBuilt(allParts);
    return { counts: one(true), output: '' };
  } catch (error) {
    return { counts: one(false), output: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {string} folder
 * @returns {Promise<Outcome>}
 */
async function runVitest(folder) {
  if ((await buildAll()).counts.failed > 0) return { counts: one(false), output: 'Not run: the build failed.' };
  const report = path.join(folder, 'vitest.json');
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output } = await capture([tool('vitest/vitest.mjs'), ...args], { env: { NODE_COMPILE_CACHE: compileCache(folder) }, seconds: LIMIT });
  return { counts: countReport(report, countVitest, code), output: shorten(report, vitestFailures, 'unit', output) };
}

/**
 * @param {string} folder
 * @returns {Promise<Outcome>}
 */
async function runPlaywright(folder) {
  const chromium = await ensureChromium();
  if (chromium === null)
    return { counts: one(false), output: 'No Chromium was found. Install Chromium or Chrome, or name one: CHROMIUM_PATH=/path/to/chromium npm test.' };
  const report = path.join(folder, 'playwright.json');
  const { code, output } = await capture([tool('@playwright/test/cli.js'), 'test', '--reporter=dot,json'], {
    // Playwright sets FORCE_COLOR in its workers, where NO_COLOR beside it makes Node warn.
    env: { NODE_COMPILE_CACHE: compileCache(folder), CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report, NO_COLOR: undefined, FORCE_COLOR: '0' },
    seconds: LIMIT,
  });
  const note = existsSync(report) ? desktopNote(JSON.parse(readFileSync(report, 'utf8')), findElectron() !== null) : null;
  return { counts: countReport(report, countPlaywright, code), output: shorten(report, playwrightFailures, 'e2e', output), note };
}

/**
 * The failed tests alone, so that they are not lost among what the others printed; that goes into a file. All of it where no test is to blame.
 * @template R
 * @param {string} report
 * @param {(report: R) => string[]} failuresOf
 * @param {string} group
 * @param {string} output
 */
function shorten(report, failuresOf, group, output) {
  const failures = existsSync(report) ? failuresOf(JSON.parse(readFileSync(report, 'utf8'))) : [];
  if (failures.length === 0) return output;
  const file = path.join('out', 'test-output', `${group}.txt`);
  mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
  writeFileSync(path.join(root, file), output);
  return [...failures, `All that the tests printed: ${file}`].join('\n');
}

/**
 * Where the tests' processes and threads keep the code that they have compiled: they start hundreds of engines, each from the same files.
 * @param {string} folder
 */
function compileCache(folder) {
  return path.join(folder, 'compiled');
}

/** @param {string} script below node_modules */
function tool(script) {
  return path.join('node_modules', script);
}

/**
 * @param {boolean} passed
 * @returns {Counts}
 */
function one(passed) {
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}
