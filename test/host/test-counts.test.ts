import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { countPlaywright, countReport, countVitest, desktopNote } from '../../src-main/launch/test-counts.mjs';

const loaded = { status: 'passed', assertionResults: [{}] };
const vitest = (passed: number, total: number, success: boolean, testResults = [loaded]): Parameters<typeof countVitest>[0] => ({
  numPassedTests: passed,
  numTotalTests: total,
  success,
  testResults,
});
const playwright = (stats: Partial<Parameters<typeof countPlaywright>[0]['stats']>, errors: unknown[] = []): Parameters<typeof countPlaywright>[0] => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
});

describe('counting tests from reports', () => {
  it('counts what passed', () => {
    expect(countVitest(vitest(3, 3, true))).toEqual({ passed: 3, failed: 0 });
    expect(countPlaywright(playwright({ expected: 4 }))).toEqual({ passed: 4, failed: 0 });
  });

  it('counts a skipped test as failed', () => {
    expect(countVitest(vitest(3, 5, true))).toEqual({ passed: 3, failed: 2 });
    expect(countPlaywright(playwright({ expected: 4, skipped: 1 }))).toEqual({ passed: 4, failed: 1 });
  });

  it('counts a flaky test as failed', () => {
    expect(countPlaywright(playwright({ expected: 4, flaky: 1 }))).toEqual({ passed: 4, failed: 1 });
  });

  it('counts a file that could not be loaded as failed', () => {
    expect(countVitest(vitest(1, 1, false, [loaded, { status: 'failed', assertionResults: [] }]))).toEqual({ passed: 1, failed: 1 });
    expect(countPlaywright(playwright({ expected: 1 }, [{}]))).toEqual({ passed: 1, failed: 1 });
  });

  it('counts a run that failed beside its tests as one failure', () => {
    expect(countVitest(vitest(2, 2, false))).toEqual({ passed: 2, failed: 1 });
  });

  it('counts no test at all as one failure', () => {
    expect(countVitest(vitest(0, 0, true, []))).toEqual({ passed: 0, failed: 1 });
    expect(countPlaywright(playwright({}))).toEqual({ passed: 0, failed: 1 });
  });

  it('counts a missing report, and a bad exit code with a good report, as one failure', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'unroll-counts-'));
    const file = path.join(folder, 'report.json');
    expect(countReport(file, countVitest, 0)).toEqual({ passed: 0, failed: 1 });
    writeFileSync(file, JSON.stringify(vitest(2, 2, true)));
    expect(countReport(file, countVitest, 0)).toEqual({ passed: 2, failed: 0 });
    expect(countReport(file, countVitest, 1)).toEqual({ passed: 2, failed: 1 });
    rmSync(folder, { recursive: true });
  });
});

describe('what the desktop app ran in', () => {
  const suites = [{ specs: [{ tests: [{ projectName: 'app' }] }], suites: [{ specs: [{ tests: [{ projectName: 'double' }, { projectName: 'double' }] }] }] }];

  it('says that Electron itself is absent where it is', () => {
    expect(desktopNote({ suites }, false)).toBe('2 tests of the desktop app ran under the double of Electron; Electron itself is absent: none ran in it.');
  });

  it('counts both where it is present', () => {
    const both = [...suites, { specs: [{ tests: [{ projectName: 'electron' }] }] }];
    expect(desktopNote({ suites: both }, true)).toBe('2 tests of the desktop app ran under the double of Electron; 1 ran in Electron itself.');
  });

  it('says nothing where no test of it ran', () => {
    expect(desktopNote({ suites: [{ specs: [{ tests: [{ projectName: 'app' }] }] }] }, false)).toBeNull();
  });
});
