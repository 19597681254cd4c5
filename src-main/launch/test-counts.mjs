import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ readonly passed: number, readonly failed: number }} Counts
 * @typedef {{ numPassedTests: number, numTotalTests: number, success: boolean, testResults: { status: string, assertionResults: unknown[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} PlaywrightReport
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
