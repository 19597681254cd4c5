import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../../src-main/launch/chromium.mjs';

let folder = '';

function program(name: string, mode: number): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'unroll-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the Chromium to test in', () => {
  it('is the one that CHROMIUM_PATH names, and no other', () => {
    const named = program('mine', 0o755);
    program('chromium', 0o755);
    expect(findChromium({ CHROMIUM_PATH: named, PATH: folder }, 'linux')).toBe(named);
    expect(findChromium({ CHROMIUM_PATH: path.join(folder, 'none'), PATH: folder }, 'linux')).toBeNull();
  });

  it('is else one on PATH, under any of its names', () => {
    const found = program('google-chrome', 0o755);
    expect(findChromium({ PATH: `${path.join(folder, 'missing')}${path.delimiter}${folder}` }, 'linux')).toBe(found);
  });

  it('is not a file that cannot be run, nor anything where there is none', () => {
    const file = program('chromium', 0o644);
    expect(findChromium({ PATH: path.dirname(file) }, 'linux')).toBeNull();
    expect(findChromium({}, 'linux')).toBeNull();
  });
});
