import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ readonly passed: number, readonly failed: number }} Counts
 * @typedef {{ numPassedTests: number, numTotalTests: number, success: boolean, testResults: { status: string, assertionResults: unknown[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} PlaywrightReport
 * @typedef {{ specs?: { tests: { projectName: string }[] }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * A skipped test counts as failed: nothing was shown. So does a file that could not be loaded, and a run that failed beside its tests.
 * @param {VitestReport} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = report.numTotalTests - report.numPassedTests + unloaded;
  return atLeastOne({ passed: report.numPassedTests, failed: failed === 0 && !report.success ? 1 : failed });
}

/**
 * A flaky test counts as failed.
 * @param {PlaywrightReport} report
 * @returns {Counts}
 */
export function countPlaywright({ stats, errors }) {
  return atLeastOne({ passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length });
}

/**
 * What the tests of the desktop app ran in, as one sentence; null where there were none.
 * @param {{ suites: PlaywrightSuite[] }} report
 * @param {boolean} present whether Electron's program is here
 * @returns {string | null}
 */
export function desktopNote({ suites }, present) {
  const projects = suites.flatMap(projectsOf);
  const doubles = projects.filter((name) => name === 'double').length;
  const real = projects.filter((name) => name === 'electron').length;
  if (doubles + real === 0) return null;
  const absent = 'Electron itself is absent: none ran in it';
  return `${String(doubles)} tests of the desktop app ran under the double of Electron; ${present ? `${String(real)} ran in Electron itself` : absent}.`;
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function projectsOf({ specs = [], suites = [] }) {
  return [...specs.flatMap(({ tests }) => tests.map(({ projectName }) => projectName)), ...suites.flatMap(projectsOf)];
}

/**
 * Counts of a runner that ended with `code`; one failure where it left no report.
 * @template T
 * @param {string} file
 * @param {(report: T) => Counts} count
 * @param {number} code
 * @returns {Counts}
 */
export function countReport(file, count, code) {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const counts = count(JSON.parse(readFileSync(file, 'utf8')));
  return code !== 0 && counts.failed === 0 ? { passed: counts.passed, failed: 1 } : counts;
}

/**
 * No test at all is a failure.
 * @param {Counts} counts
 */
function atLeastOne(counts) {
  return counts.passed + counts.failed === 0 ? { passed: 0, failed: 1 } : counts;
}
