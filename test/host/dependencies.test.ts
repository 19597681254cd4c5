import { describe, expect, it } from 'vitest';
import { matchesLock } from '../../src-main/launch/dependencies.mjs';

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b-other-platform': { version: '2.0.0', integrity: 'sha512-b', optional: true },
  },
};
const a = { version: '1.0.0', integrity: 'sha512-a' };

describe('whether the installed packages are those of the lock file', () => {
  it('accepts them without the optional packages of other platforms', () => {
    expect(matchesLock(wanted, { packages: { 'node_modules/a': a } })).toBe(true);
  });

  it('accepts packages that were installed beside them', () => {
    expect(matchesLock(wanted, { packages: { 'node_modules/a': a, 'node_modules/extra': { version: '9.0.0' } } })).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/a': { ...a, version: '1.0.1' } }],
    ['another content', { 'node_modules/a': { ...a, integrity: 'sha512-x' } }],
    ['an optional package of another version', { 'node_modules/a': a, 'node_modules/b-other-platform': { version: '2.1.0', integrity: 'sha512-b' } }],
  ])('refuses %s', (_what, packages) => {
    expect(matchesLock(wanted, { packages })).toBe(false);
  });

  it('refuses an unfinished installation', () => {
    expect(matchesLock(wanted, {})).toBe(false);
  });
});
