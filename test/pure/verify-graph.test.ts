import { describe, expect, it } from 'vitest';
import { deriveBackward } from '../../src-engine/ir/derivatives.ts';
import type { Family, FamilyId, FamilyOp, Lstm, PreviousState, UnrolledGraph } from '../../src-engine/ir/graph.ts';
import { splitRecurrences } from '../../src-engine/ir/recurrences.ts';
import { verifyGraph } from '../../src-engine/ir/verify.ts';

const at = (id: number): FamilyId => id as FamilyId;
const from = (id: number, initial: number | null = null): PreviousState => ({ family: at(id), initial: initial === null ? null : at(initial) });
const UNITS = 4;

function family(id: number, layer: string, role: string, op: FamilyOp, width: number, steps = 3): Family {
  return { id: at(id), op, layer, role, node: layer, backward: false, steps, width, axis: 'inputs' };
}

const weight = (parameter: string, rows: number, columns: number) => ({ parameter, firstRow: 0, rows, columns });
const recurrent = {
  op: 'product',
  x: at(3),
  previous: from(3),
  weight: weight('w_hh', UNITS, UNITS),
  bias: null,
  onto: { family: at(1), column: 0, add: true },
} as const;

/** Features through a plain cell to a softmax over two classes. */
const sound: UnrolledGraph = {
  batch: 2,
  steps: 3,
  loss: at(6),
  parameters: [
    { name: 'w_ih', shape: [UNITS, 2], trainable: true, copies: 3 },
    { name: 'b', shape: [UNITS], trainable: true, copies: 3 },
    { name: 'w_hh', shape: [UNITS, UNITS], trainable: true, copies: 3 },
    { name: 'v', shape: [2, UNITS], trainable: true, copies: 1 },
  ],
  families: [
    family(0, 'x', 'out', { op: 'features' }, 2),
    family(1, 'rnn1', 'input', { op: 'product', x: at(0), previous: null, weight: weight('w_ih', UNITS, 2), bias: 'b', onto: null }, UNITS),
    family(2, 'rnn1', 'pre', recurrent, UNITS),
    family(3, 'rnn1', 'h', { op: 'rnn', pre: at(2), previous: from(3), activation: 'tanh' }, UNITS),
    family(4, 'last', 'out', { op: 'last-step', x: at(3) }, UNITS, 1),
    family(5, 'head', 'logits', { op: 'product', x: at(4), previous: null, weight: weight('v', 2, UNITS), bias: null, onto: null }, 2, 1),
    family(6, 'head', 'loss', { op: 'softmax-loss', x: at(5) }, 2, 1),
  ],
};

const changed = (id: number, change: Partial<Family>): UnrolledGraph => ({
  ...sound,
  families: sound.families.map((each) => (each.id === at(id) ? { ...each, ...change } : each)),
});
const without = (parameter: string): UnrolledGraph => ({ ...sound, parameters: sound.parameters.filter(({ name }) => name !== parameter) });
const lstm: Lstm = { op: 'lstm', gates: at(2), previous: from(3), peephole: null, coupled: false, initialCell: null };

describe('the legality of an unrolled graph', () => {
  it('passes one that is sound', () => {
    expect(() => {
      verifyGraph(sound);
    }).not.toThrow();
  });

  it.each<[string, UnrolledGraph, string]>([
    ['ids are the places in the list', changed(2, { id: at(4) }), 'rnn1 pre (family 4): stands at 2'],
    [
      'a read at the same step names an earlier family',
      changed(3, { op: { op: 'rnn', pre: at(4), previous: from(3), activation: 'tanh' } }),
      'reads family 4 before',
    ],
    ['and not the family itself', changed(4, { op: { op: 'last-step', x: at(4) } }), 'last out (family 4): reads family 4 before it exists'],
    ['a read one step back stays in its layer', changed(3, { layer: 'rnn2' }), 'rnn1 pre (family 2): reads the past of another layer'],
    ['and names what has as many steps', changed(3, { steps: 1 }), 'rnn1 pre (family 2): reads the past of something without steps'],
    ['only an LSTM has a cell state', changed(4, { op: { op: 'last-cell', x: at(3) } }), 'reads the cell state of something that has none'],
    ['widths agree with the op', changed(3, { width: 5 }), 'rnn1 h (family 3): has width 5, its op makes 4'],
    ['of an LSTM a quarter of its gates', changed(3, { op: lstm }), 'has width 4, its op makes 1'],
    ['of a GRU a third', changed(3, { op: { op: 'gru-blend', gates: at(2), previous: from(3) }, width: 2 }), `its op makes ${String(UNITS / 3)}`],
    ['joined side by side they add up', changed(4, { op: { op: 'merge', parts: [at(2), at(3)], mode: 'concat' } }), 'has width 4, its op makes 8'],
    ['added up they stay', changed(4, { op: { op: 'merge', parts: [at(0), at(0)], mode: 'sum' } }), 'has width 4, its op makes 2'],
    ['a weight is listed', without('w_hh'), 'rnn1 pre (family 2): uses w_hh, which is not listed'],
    ['a bias is listed', without('b'), 'rnn1 input (family 1): uses b, which is not listed'],
    ['an embedding is listed', changed(0, { op: { op: 'embedding', ids: at(-1), weight: 'e' } }), 'uses e, which is not listed'],
    ['peepholes are listed', changed(3, { op: { ...lstm, peephole: ['ci', 'cf', 'co'] }, width: 1 }), 'uses ci, which is not listed'],
    ['a norm is listed', changed(4, { op: { op: 'layer-norm', x: at(3), weight: 'v', bias: 'lost' } }), 'uses lost, which is not listed'],
    [
      'a weight has the columns that are read',
      changed(5, { op: { ...recurrent, previous: null, x: at(4), onto: null, weight: weight('v', 2, 3) } }),
      'v is [2, 4]',
    ],
    ['and the rows', changed(5, { op: { ...recurrent, previous: null, x: at(4), onto: null, weight: weight('v', 3, UNITS) } }), 'v is [2, 4]'],
    ['a vector has one row', changed(5, { op: { ...recurrent, previous: null, x: at(4), onto: null, weight: weight('b', 2, UNITS) } }), 'b is [4]'],
    ['there is a loss', changed(6, { op: { op: 'dropout', x: at(5), rate: 0.5, stream: 0 } }), 'a graph needs exactly one loss'],
    [
      'and one only',
      { ...sound, families: [...sound.families, family(7, 'head', 'loss', { op: 'squared-loss', x: at(5) }, 2, 1)] },
      'a graph needs exactly one loss',
    ],
    ['and it is the one that is named', { ...sound, loss: at(5) }, 'a graph needs exactly one loss'],
  ])('%s', (_law, graph, message) => {
    expect(() => {
      verifyGraph(graph);
    }).toThrow(message);
  });

  it('a vector serves as a matrix of one row', () => {
    const graph = changed(5, { op: { ...recurrent, previous: null, x: at(4), onto: null, weight: weight('b', 1, UNITS) }, width: 1 });
    expect(() => {
      verifyGraph({ ...graph, families: graph.families.map((each) => (each.id === at(6) ? { ...each, width: 1 } : each)) });
    }).not.toThrow();
  });
});

const units = (graph: UnrolledGraph): string[] =>
  splitRecurrences(graph).map((unit) => `${unit.kind} ${unit.kind === 'whole' ? String(unit.family.id) : unit.families.map(({ id }) => String(id)).join()}`);

describe('what runs step by step', () => {
  it('is what reads itself one step back, in building order; the rest runs whole, each behind what it reads', () => {
    expect(units(sound)).toEqual(['whole 0', 'whole 1', 'stepwise 2,3', 'whole 4', 'whole 5', 'whole 6']);
  });

  it('a single family that reads itself is a recurrence, one that reads another is none', () => {
    expect(units(changed(2, { op: { ...recurrent, previous: null, x: at(0) } }))).toContain('stepwise 3');
    expect(units(changed(3, { op: { op: 'activation', x: at(2), activation: 'tanh', inPlace: true } }))).toContain('stepwise 2,3');
    expect(units(changed(3, { op: { op: 'activation', x: at(1), activation: 'tanh', inPlace: true } })).join()).not.toContain('stepwise');
  });

  it('a circle of three is one recurrence, whichever of them is read from outside', () => {
    const reset = changed(3, { op: { op: 'gru-after', gates: at(1), recurrent: at(2), previous: from(3) } });
    const longer: UnrolledGraph = {
      ...reset,
      families: reset.families.map((each) => {
        if (each.id === at(2)) return { ...each, op: { op: 'activation', x: at(1), activation: 'tanh', inPlace: false } as const };
        if (each.id === at(1)) return { ...each, op: { ...recurrent, previous: from(3), onto: { family: at(0), column: 0, add: true } } };
        return each;
      }),
    };
    expect(units(longer)).toEqual(['whole 0', 'stepwise 1,2,3', 'whole 4', 'whole 5', 'whole 6']);
  });

  it('a read of a family that is not there is named', () => {
    expect(() => splitRecurrences(changed(4, { op: { op: 'last-step', x: at(9) } }))).toThrow('family 4 reads family 9, which does not exist');
  });
});

describe('which families get a gradient', () => {
  const withGradient = (graph: UnrolledGraph, inputs = false): string[] =>
    [...deriveBackward(graph, inputs)].flatMap(([id, ops]) => (ops.length > 0 ? [`${String(id)} ${ops.map(({ op }) => op).join()}`] : []));
  const frozen = (...names: string[]): UnrolledGraph => ({
    ...sound,
    parameters: sound.parameters.map((each) => ({ ...each, trainable: !names.includes(each.name) })),
  });

  it('those with trainable parameters or behind them', () => {
    expect(withGradient(sound)).toEqual([
      '1 product-weight,product-bias',
      '2 product-input,product-weight',
      '3 cell',
      '4 last-step',
      '5 product-input,product-weight',
    ]);
    expect(withGradient(frozen('w_ih', 'b', 'w_hh'))).toEqual(['5 product-weight']);
    expect(withGradient(frozen('w_ih', 'w_hh'))[0]).toBe('1 product-bias');
  });

  it('with the inputs wanted, all that the inputs feed, trainable or not', () => {
    const all = frozen('w_ih', 'b', 'w_hh', 'v');
    expect(withGradient(all)).toEqual([]);
    expect(withGradient(all, true)).toEqual(['1 product-input', '2 product-input', '3 cell', '4 last-step', '5 product-input']);
  });
});
