import { describe, expect, it } from 'vitest';
import { initialValues } from '../../src-engine/compile/initial-values.ts';
import { createRandom } from '../../src-engine/data/random.ts';
import type { GraphNode } from '../../src-engine/document/project.ts';
import { initialise } from '../../src-engine/train/initialise.ts';
import { graph, node, NUMBERS } from './document-builders.ts';
import { modelOf } from './engine-under-test.ts';

/** Five numbers per step, the given nodes in a row, two numbers out. */
function startOf(...middle: readonly GraphNode[]) {
  const nodes = [node('x', 'features'), ...middle, node('last', 'last-step'), node('head', 'regression-head')];
  const wires = nodes.slice(1).map((to, place) => `${nodes[place]?.id ?? ''} -> ${to.id}`);
  const { checked } = modelOf(graph(nodes, wires), NUMBERS);
  const values = initialValues(checked);
  return (name: string) => {
    const initialiser = values.get(name);
    const shape = checked.parameters.find((each) => each.name === name)?.shape;
    if (initialiser === undefined || shape === undefined) throw new Error(`no ${name}`);
    const size = shape.reduce((a, b) => a * b, 1);
    return { initialiser, drawn: initialise({ name, shape, trainable: true, at: 0, size, gradient: null }, initialiser, {}, createRandom(3)) };
  };
}

describe('weights start', () => {
  it.each([
    ['uniform', 1 / Math.sqrt(8), 1 / Math.sqrt(8)],
    ['glorot', Math.sqrt(6 / 13), Math.sqrt(6 / 16)],
    ['he', Math.sqrt(6 / 5), Math.sqrt(6 / 8)],
  ])('%s: within the bounds of fan-in and fan-out', (choice, input, recurrent) => {
    const start = startOf(node('a', 'gru', { units: 8, inputInit: choice, recurrentInit: choice }), node('d', 'dense', { units: 8, init: choice }));
    for (const [name, bound] of [
      ['a.weight_ih', input],
      ['a.weight_hh', recurrent],
      ['d.weight', recurrent],
    ] as const) {
      const { initialiser, drawn } = start(name);
      expect(initialiser).toMatchObject({ kind: 'uniform' });
      const largest = drawn.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.8 * bound);
    }
  });

  it('orthogonal: rows of every gate block are orthonormal', () => {
    const { drawn } = startOf(node('a', 'lstm', { units: 6, recurrentInit: 'orthogonal' }))('a.weight_hh');
    for (let gate = 0; gate < 4; gate++) {
      for (let i = 0; i < 6; i++) {
        for (let j = 0; j < 6; j++) {
          const product = Array.from({ length: 6 }, (_, k) => drawn[(gate * 6 + i) * 6 + k]! * drawn[(gate * 6 + j) * 6 + k]!).reduce((a, b) => a + b);
          expect(product).toBeCloseTo(i === j ? 1 : 0, 5);
        }
      }
    }
  });

  it('as a layer that does nothing: layer norm, and an identity recurrence', () => {
    const start = startOf(node('a', 'rnn', { units: 3, recurrentInit: 'identity' }), node('n', 'layer-norm'));
    expect([...start('a.weight_hh').drawn]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    expect([...start('n.weight').drawn, ...start('n.bias').drawn]).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it('with a forget gate that stays open, and peepholes within the bound', () => {
    const start = startOf(node('a', 'lstm', { units: 4, forgetBias: 2, peephole: true }));
    expect([...start('a.bias').drawn.subarray(4, 8)]).toEqual([2, 2, 2, 2]);
    expect(start('a.weight_ci').drawn.every((value) => Math.abs(value) <= 0.5)).toBe(true);
  });

  it('with an update gate that keeps the state: its bias is shifted, the others are as without', () => {
    const plain = startOf(node('a', 'gru', { units: 4 }))('a.bias').drawn;
    const shifted = startOf(node('a', 'gru', { units: 4, updateBias: 3 }))('a.bias').drawn;
    expect([...shifted]).toEqual([...plain].map((value, row) => (row >= 4 && row < 8 ? Math.fround(value + 3) : value)));
  });
});
