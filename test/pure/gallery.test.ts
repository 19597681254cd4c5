import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../src-engine/scenarios/scenario.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { nextBox, type Box } from '../../src-renderer/gallery/arrow-keys.ts';
import { filtersOf, findScenarios } from '../../src-renderer/gallery/scenario-filters.ts';

const lab: Scenario = {
  id: 'lab',
  title: 'Why an RNN forgets',
  text: 'Recall a letter.',
  teaches: 'Gradients vanish.',
  shape: 'many-to-one',
  topic: 'gradient-lab',
  dataset: 'generated',
  score: 'lesson',
  baseline: '',
  seconds: 30,
  project: () => {
    throw new Error('not opened here');
  },
};

describe('the cards of the gallery', () => {
  const all = [...SCENARIOS, lab];

  test('every filter shows something, and All shows every card', () => {
    expect(filtersOf(all)[0]).toEqual({ filter: 'all', count: all.length });
    for (const { filter, count } of filtersOf(all)) expect(findScenarios(all, filter, '').length).toBe(count);
  });

  test('a card of the gradient lab is found there and under its shape', () => {
    expect(findScenarios([lab], 'gradient-lab', '')).toEqual([lab]);
    expect(findScenarios([lab], 'many-to-one', '')).toEqual([lab]);
    expect(findScenarios([lab], 'one-to-many', '')).toEqual([]);
  });

  test('a search finds words in any order, wherever the card says them', () => {
    expect(findScenarios([lab], 'all', 'vanish  LETTER')).toEqual([lab]);
    expect(findScenarios([lab], 'all', 'lab')).toEqual([lab]);
    expect(findScenarios([lab], 'all', 'vanish translation')).toEqual([]);
  });
});

describe('the arrow keys in a grid of five cards in rows of three', () => {
  const boxes: readonly Box[] = [0, 1, 2, 3, 4].map((index) => ({ left: (index % 3) * 100, top: Math.floor(index / 3) * 120, width: 90, height: 110 }));

  test.each([
    [0, 'ArrowRight', 1],
    [2, 'ArrowRight', 3],
    [3, 'ArrowLeft', 2],
    [0, 'ArrowDown', 3],
    [2, 'ArrowDown', 4],
    [4, 'ArrowUp', 1],
    [1, 'Home', 0],
    [1, 'End', 4],
    [0, 'ArrowLeft', null],
    [4, 'ArrowRight', null],
    [0, 'ArrowUp', null],
    [4, 'ArrowDown', null],
    [1, 'a', null],
  ])('from card %d, %s leads to %s', (from, key, to) => {
    expect(nextBox(boxes, from, key)).toBe(to);
  });
});
