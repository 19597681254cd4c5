import { describe, expect, it } from 'vitest';
import { playwrightFailures, vitestFailures } from '../../src-main/launch/test-failures.mjs';

const long = ['AssertionError: \u001B[31mexpected 1\u001B[39m to be 2', '', ...Array.from({ length: 30 }, (_, line) => `at line ${String(line)}`)].join('\n');

describe('what failed, told first', () => {
  it('names each failed test of Vitest and the first lines of its message, without colours', () => {
    const passed = { title: 'a', fullName: 'sums a', status: 'passed', failureMessages: [] };
    const failed = { title: 'b', fullName: 'sums b', status: 'failed', failureMessages: [long] };
    const [told, ...more] = vitestFailures({ testResults: [{ name: 'sums.test.ts', status: 'failed', assertionResults: [passed, failed] }] });
    expect(more).toEqual([]);
    expect(told?.split('\n').slice(0, 3)).toEqual(['- sums.test.ts: sums b (failed)', '    AssertionError: expected 1 to be 2', '    at line 0']);
    expect(told?.split('\n')).toHaveLength(15);
  });

  it('names a file that could not be loaded, and a skipped test', () => {
    const skipped = { title: 'a', fullName: 'sums a', status: 'skipped', failureMessages: null };
    expect(
      vitestFailures({
        testResults: [
          { name: 'bad.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
          { name: 'sums.test.ts', status: 'passed', assertionResults: [skipped] },
        ],
      }),
    ).toEqual(['- bad.test.ts: could not be loaded\n    SyntaxError', '- sums.test.ts: sums a (skipped)']);
  });

  it('names each test of Playwright that was not as expected, at any depth, and what failed beside them', () => {
    const attempt = { status: 'failed', errors: [{ message: 'Timed out' }] };
    const spec = (status: string): Parameters<typeof playwrightFailures>[0]['suites'][0] => ({
      specs: [{ title: status, file: 'app/a.test.ts', tests: [{ status, projectName: 'app', results: [attempt] }] }],
    });
    const suites = [spec('expected'), { suites: [spec('unexpected'), { suites: [spec('flaky')] }] }];
    expect(playwrightFailures({ suites, errors: [{ message: 'No tests found' }] })).toEqual([
      '- app/a.test.ts: unexpected (app, unexpected)\n    Timed out',
      '- app/a.test.ts: flaky (app, flaky)\n    Timed out',
      '- beside the tests: failed\n    No tests found',
    ]);
  });

  it('tells nothing where all passed', () => {
    expect(vitestFailures({ testResults: [] })).toEqual([]);
    expect(playwrightFailures({ suites: [], errors: [] })).toEqual([]);
  });
});
