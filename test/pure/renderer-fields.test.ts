import { fc } from '../fixtures/laws.ts';
import { describe, expect, test } from 'vitest';
import { shortcutText } from '../../src-renderer/state/commands.ts';
import { readNumber, stepNumber } from '../../src-renderer/ui/fields/number-draft.ts';

const UNITS = { min: 1, max: 4096, integer: true };
const RATE = { min: 0, aboveMin: true };

describe('a number field', () => {
  test.each([
    ['64', 64],
    [' 64 ', 64],
    ['1e3', 1000],
  ])('reads %j', (text, value) => {
    expect(readNumber(text, UNITS)).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'Must be a number. Must be between 1 and 4,096.'],
    ['many', 'Must be a number. Must be between 1 and 4,096.'],
    ['Infinity', 'Must be a number. Must be between 1 and 4,096.'],
    ['1.5', 'Must be a whole number. Must be between 1 and 4,096.'],
    ['0', 'Must be between 1 and 4,096.'],
    ['4097', 'Must be between 1 and 4,096.'],
    ['1,5', 'Write decimals with a point, such as 0.002, and no thousands mark.'],
  ])('refuses %j', (text, error) => {
    expect(readNumber(text, UNITS)).toEqual({ ok: false, error });
  });

  test('a bound may be left out', () => {
    expect(readNumber('0', RATE)).toEqual({ ok: false, error: 'Must be more than 0.' });
    expect(readNumber('1e-12', RATE)).toEqual({ ok: true, value: 1e-12 });
  });

  test('an arrow key changes the last digit that is written', () => {
    expect(stepNumber(0.002, 1, false, RATE)).toBe(0.003);
    expect(stepNumber(0.0025, -1, false, RATE)).toBe(0.0024);
    expect(stepNumber(64, 1, true, UNITS)).toBe(74);
  });

  test('an arrow key never leaves the bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), fc.constantFrom(1 as const, -1 as const), fc.boolean(), (value, direction, large) => {
        expect(readNumber(String(stepNumber(value, direction, large, UNITS)), UNITS).ok).toBe(true);
      }),
    );
    expect(stepNumber(0.001, -1, false, RATE)).toBeGreaterThan(0);
  });
});

test('a shortcut is written as on the keyboard', () => {
  expect(shortcutText('$mod+Shift+z', false)).toBe('Ctrl Shift Z');
  expect(shortcutText('$mod+Shift+z', true)).toBe('⌘⇧Z');
  expect(shortcutText('ArrowLeft', false)).toBe('←');
});
