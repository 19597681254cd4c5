import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint, isFresh, markFresh } from '../../src-main/launch/freshness.mjs';

const part = { name: 'part', inputs: ['source', 'settings.json'], without: ['source/other'], outputs: ['out/part.js'] };
let folder = '';

function write(place: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, place)), { recursive: true });
  writeFileSync(path.join(folder, place), text);
}

function build(): void {
  write('out/part.js', 'built');
  markFresh(part, fingerprint(part, folder), folder);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-freshness-'));
  write('source/deep/a.ts', 'a');
  write('source/other/b.ts', 'b');
  write('settings.json', '{}');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('whether a built part is fresh', () => {
  it('is not before it was built', () => {
    expect(isFresh(part, folder)).toBe(false);
  });

  it('is after it was built', () => {
    build();
    expect(isFresh(part, folder)).toBe(true);
  });

  it.each([
    ['a source was edited', () => write('source/deep/a.ts', 'edited')],
    ['a source was edited without changing its length', () => utimesSync(path.join(folder, 'source/deep/a.ts'), 1, 1)],
    ['a source was added', () => write('source/c.ts', 'c')],
    ['a source was removed', () => rmSync(path.join(folder, 'source/deep/a.ts'))],
    ['a setting was removed', () => rmSync(path.join(folder, 'settings.json'))],
    ['its output was removed', () => rmSync(path.join(folder, 'out/part.js'))],
  ])('is not when %s', (_what, change) => {
    build();
    change();
    expect(isFresh(part, folder)).toBe(false);
  });

  it('does not mind a change in a folder that is left out', () => {
    build();
    write('source/other/b.ts', 'edited');
    expect(isFresh(part, folder)).toBe(true);
  });

  it('counts a source that changed while it was being built as changed', () => {
    const before = fingerprint(part, folder);
    write('source/deep/a.ts', 'edited during the build');
    write('out/part.js', 'built');
    markFresh(part, before, folder);
    expect(isFresh(part, folder)).toBe(false);
  });
});
