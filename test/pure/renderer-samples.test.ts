import { describe, expect, test } from 'vitest';
import { forecastCurves, forecastError } from '../../src-renderer/panels/samples/forecast-curves.ts';
import { beginningOf, sampleKind } from '../../src-renderer/panels/samples/sample-kind.ts';
import { vectorFields } from '../../src-renderer/panels/samples/vector-groups.ts';
import { connectivityTokens } from '../../src-renderer/panels/states/connectivity-tokens.ts';
import { unitColour } from '../../src-renderer/charts/unit-scale.ts';

describe('fields of an input without steps', () => {
  test('columns with one 1 in every example are one choice, with the choices no example shows', () => {
    const rows = [
      [1, 0, 0, 1, 0, 0, 2.5],
      [0, 1, 1, 0, 0, 0, 1],
      [1, 0, 1, 0, 0, 0, 0],
    ];
    expect(vectorFields(rows, 7)).toEqual([
      { kind: 'choice', columns: [0, 1] },
      { kind: 'choice', columns: [2, 3, 4, 5] },
      { kind: 'number', column: 6 },
    ]);
  });

  test('one example says nothing about choices', () => {
    expect(vectorFields([[1, 0]], 2)).toEqual([
      { kind: 'number', column: 0 },
      { kind: 'number', column: 1 },
    ]);
  });
});

test('a forecast starts at the last value read, and its error counts only what was measured', () => {
  const reply = {
    step: 1,
    columns: ['x'],
    past: [
      { label: 'a', values: [1] },
      { label: 'b', values: [2] },
    ],
    ahead: [
      { label: 'c', values: [3], truth: [5] },
      { label: null, values: [4], truth: [null] },
    ],
    held: [],
  };
  const { lines, labels } = forecastCurves(reply, 0);
  expect(lines[0]?.values).toEqual([1, 2, 5, NaN]);
  expect(lines[1]?.values).toEqual([NaN, 2, 3, 4]);
  expect(labels).toEqual(['a', 'b', 'c', 't = 4']);
  expect(forecastError(reply, 0)).toEqual({ rmse: 2, steps: 1 });
});

test('what one can ask follows from what a model reads and answers', () => {
  const tokens = { kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'a', 'b'] } as const;
  const graph = { nodes: [], wires: [] };
  const classes = (names: readonly string[], perStep: boolean) => ({ kind: 'classes', classes: names, perStep }) as const;
  expect(sampleKind({ input: tokens, output: classes(tokens.vocabulary, true), longest: 3 }, graph)).toBe('language');
  expect(sampleKind({ input: tokens, output: classes(['no', 'yes'], false), longest: 3 }, graph)).toBe('verdict');
  expect(sampleKind({ input: tokens, output: classes(['no', 'yes'], true), longest: 3 }, graph)).toBe('steps');
  expect(beginningOf('A HEADING\nCall me Ishmael. Some years ago', 'character')).toBe('Call me Ishmael. Some ye');
});

test('relative connections have the full colour in every answer, absolute ones only in the strongest', () => {
  const reply = {
    step: 1,
    read: [
      { text: 'a', known: true },
      { text: 'b', known: true },
    ],
    answers: [
      { of: 'x', probability: 0.5 },
      { of: 'y', probability: 0.5 },
    ],
    absolute: [
      [0.1, 0],
      [0.3, 0.1],
    ],
    relative: [
      [1, 0],
      [0.75, 0.25],
    ],
    kept: [],
  };
  expect(connectivityTokens(reply, 0, 'relative').map(({ tint }) => tint)).toEqual([1, 0]);
  expect(connectivityTokens(reply, 0, 'absolute')[0]?.tint).toBeCloseTo(1 / 3, 6);
  expect(connectivityTokens(reply, 1, 'relative').map(({ about }) => about)).toEqual(['75.0 %', '25.0 %']);
});

test('states are orange below zero, gates have nothing there; the ends of a scale hold what lies beyond', () => {
  const colours = { ground: '#000000', positive: '#0000ff', negative: '#ff8000' };
  expect(unitColour('state', colours)(-0.5)).toBe('rgb(128 64 0)');
  expect(unitColour('state', colours)(7)).toBe('rgb(0 0 255)');
  expect(unitColour('gate', colours)(-1)).toBe('rgb(0 0 0)');
});
