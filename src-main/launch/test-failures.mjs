/**
 * @typedef {{ title: string, fullName: string, status: string, failureMessages?: string[] | null }} VitestResult
 * @typedef {{ name: string, status: string, message?: string, assertionResults: VitestResult[] }} VitestFile
 * @typedef {{ status: string, errors?: { message?: string }[] }} PlaywrightAttempt
 * @typedef {{ title: string, file: string, tests: { status: string, projectName: string, results: PlaywrightAttempt[] }[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: Suite[] }} Suite
 */

/** So many lines of a message: what was expected, what came, and where. */
const LINES = 14;
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'gu');

/**
 * What failed in a run of Vitest, a text for each: name, place and the first lines of its message.
 * @param {{ testResults: VitestFile[] }} report
 * @returns {string[]}
 */
export function vitestFailures({ testResults }) {
  return testResults.flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status !== 'passed');
    if (failed.length === 0) return file.status === 'failed' ? [tell(file.name, 'could not be loaded', file.message)] : [];
    return failed.map(({ fullName, status, failureMessages }) => tell(file.name, `${fullName} (${status})`, failureMessages?.join('\n')));
  });
}

/**
 * What failed in a run of Playwright, flaky and skipped tests included; then what failed beside the tests.
 * @param {{ suites: Suite[], errors: { message?: string }[] }} report
 * @returns {string[]}
 */
export function playwrightFailures({ suites, errors }) {
  const specs = suites.flatMap(specsOf);
  return [
    ...specs.flatMap(({ title, file, tests }) =>
      tests
        .filter(({ status }) => status !== 'expected')
        .map(({ status, projectName, results }) => {
          const messages = results.flatMap((result) => (result.errors ?? []).map(({ message }) => message ?? ''));
          return tell(file, `${title} (${projectName}, ${status})`, messages.join('\n'));
        }),
    ),
    ...errors.map(({ message }) => tell('beside the tests', 'failed', message)),
  ];
}

/**
 * @param {Suite} suite
 * @returns {PlaywrightSpec[]}
 */
function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/**
 * @param {string} place
 * @param {string} name
 * @param {string} [message]
 */
function tell(place, name, message = '') {
  const lines = message
    .replaceAll(COLOUR, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES);
  return [`- ${place}: ${name}`, ...lines.map((line) => `    ${line}`)].join('\n');
}
