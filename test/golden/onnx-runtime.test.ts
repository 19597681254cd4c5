import { fc } from '../fixtures/laws.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../src-engine/data/dataset.ts';
import type { Graph } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import type { Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { createMachine } from '../../src-engine/run/create-machine.ts';
import { randomBatch, randomValues, type CellSpec } from '../pure/arbitrary-model.ts';
import { graph, node } from '../pure/document-builders.ts';
import { EngineUnderTest, kernelsOf, modelOf, type Values } from '../pure/engine-under-test.ts';
import { recurrentOperator } from '../../src-engine/exchange/onnx/recurrent-operator.ts';
import { runOperators } from './onnx/run-operators.ts';

/** Largest difference of a hidden state, relative to the largest state where that is above 1. ONNX Runtime computes in float32. */
const MACHINES = [
  ['reference', 1e-6],
  ['relaxed', 1e-5],
  ['simd', 1e-5],
] as const;

const CELLS: readonly (readonly [string, (units: number) => CellSpec])[] = [
  ['RNN, tanh', (units) => ({ kind: 'rnn', units, activation: 'tanh' })],
  ['RNN, relu', (units) => ({ kind: 'rnn', units, activation: 'relu' })],
  ['RNN, sigmoid', (units) => ({ kind: 'rnn', units, activation: 'sigmoid' })],
  ['GRU, linear_before_reset 0', (units) => ({ kind: 'gru', units, reset: 'before' })],
  ['GRU, linear_before_reset 1', (units) => ({ kind: 'gru', units, reset: 'after' })],
  ['LSTM', (units) => ({ kind: 'lstm', units, peephole: false, coupled: false })],
  ['LSTM, peepholes', (units) => ({ kind: 'lstm', units, peephole: true, coupled: false })],
  ['LSTM, input_forget', (units) => ({ kind: 'lstm', units, peephole: false, coupled: true })],
  ['LSTM, peepholes and input_forget', (units) => ({ kind: 'lstm', units, peephole: true, coupled: true })],
];

/** `linked`: two cells on the same input; the second starts from the final h of the first, an LSTM from its c too. */
const LAYOUTS = ['forward', 'bidirectional', 'linked'] as const;
type Layout = (typeof LAYOUTS)[number];

const RUNS = { seed: 20141003, numRuns: 10 };

const anyShape = fc.record({
  width: fc.integer({ min: 1, max: 20 }),
  units: fc.integer({ min: 1, max: 40 }),
  lengths: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 13 }),
  padding: fc.integer({ min: 0, max: 2 }),
  seed: fc.integer({ min: 0, max: 1000 }),
});

type End = 'out' | 'state';

function graphOf(cell: CellSpec, layout: Layout, end: End): Graph {
  const { kind, ...params } = cell;
  const both = [node('x', 'features'), node('head', 'regression-head')];
  if (layout === 'forward') return graph([...both, node('cell', kind, params)], ['x -> cell', `cell.${end} -> head`]);
  if (layout === 'linked') {
    const wires = ['x -> first', 'x -> cell', 'first.state -> cell.initial', `cell.${end} -> head`];
    return graph([...both, node('first', kind, params), node('cell', kind, params)], wires);
  }
  return graph([...both, node('both', 'bidirectional', { merge: 'concat' }), node('cell', kind, params, 'both')], ['x -> both', `both.${end} -> head`]);
}

function signatureOf(width: number, outputs: number, end: End): DataSignature {
  const names = (count: number): string[] => Array.from({ length: count }, (_, place) => `column ${place}`);
  return {
    input: { kind: 'features', width, columns: names(width), normalisation: null },
    output: { kind: 'numbers', width: outputs, columns: names(outputs), normalisation: null, perStep: end === 'out' },
    longest: 14,
  };
}

/** Random weights, and a head that hands the states out as they are. */
function valuesOf(engine: EngineUnderTest, units: number, outputs: number, seed: number): Values {
  const identity = Float64Array.from({ length: outputs * outputs }, (_, e) => (e % (outputs + 1) === 0 ? 1 : 0));
  const values = randomValues(engine.parameters, seed, 1.5 / Math.sqrt(units));
  return new Map([...values, ['head.weight', identity], ['head.bias', new Float64Array(outputs)]]);
}

/** [T,D,B,H] or [D,B,H] with T = 1 as [T,B,D*H], the engine's order. */
function besideEachOther(values: Float32Array, directions: number, size: number, units: number): Float32Array {
  const width = directions * units;
  return values.map((_, e) => {
    const [row, column] = [Math.floor(e / width), e % width];
    const [t, b, direction] = [Math.floor(row / size), row % size, Math.floor(column / units)];
    return values[((t * directions + direction) * size + b) * units + (column % units)]!;
  });
}

/** Over the rows that are there: rows t*B + b with t below the length of b. */
function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>, { lengths, size }: Batch, width: number): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values instead of ${expected.length}`);
  let [difference, scale] = [0, 1];
  for (let e = 0; e < expected.length; e++) {
    const row = Math.floor(e / width);
    if (Math.floor(row / size) >= lengths[row % size]!) continue;
    // NaN stays NaN, which no tolerance covers.
    difference = Math.max(difference, Math.abs(actual[e]! - expected[e]!));
    scale = Math.max(scale, Math.abs(expected[e]!));
  }
  return difference / scale;
}

describe.each(LAYOUTS)('ONNX Runtime and the engine agree on every valid hidden state and on the final ones, %s', (layout) => {
  let machines: readonly { readonly kernels: Kernels; readonly tolerance: number }[];
  beforeAll(async () => {
    machines = await Promise.all(MACHINES.map(async ([kind, tolerance]) => ({ kernels: await kernelsOf(kind), tolerance })));
  });

  const directions = layout === 'bidirectional' ? 2 : 1;
  const cells = layout === 'linked' ? [['first'], ['cell']] : [layout === 'bidirectional' ? ['cell.forward', 'cell.backward'] : ['cell']];

  it.each(CELLS)('%s', async (_, cellOf) => {
    const property = fc.asyncProperty(anyShape, async ({ width, units, lengths, padding, seed }) => {
      const cell = cellOf(units);
      const outputs = directions * units;
      const batch = randomBatch(signatureOf(width, outputs, 'out'), lengths, seed, Math.max(...lengths) + padding);
      const engineOf = (kernels: Kernels, end: End): EngineUnderTest => {
        const model = modelOf(graphOf(cell, layout, end), signatureOf(width, outputs, end));
        return new EngineUnderTest(model, createMachine(kernels), batch, { backward: false });
      };
      const values = valuesOf(engineOf({ kind: 'reference' }, 'out'), units, outputs, seed);
      const { kind, ...params } = cell;
      const operators = cells.map((paths) => recurrentOperator(node('cell', kind, params), paths, values));
      const { Y, Y_h } = await runOperators(operators, batch, width);
      const expected = [
        ['out', besideEachOther(Y, directions, batch.size, units)],
        ['state', besideEachOther(Y_h, directions, batch.size, units)],
      ] as const;
      for (const { kernels, tolerance } of machines) {
        for (const [end, states] of expected) {
          const engine = engineOf(kernels, end);
          engine.write(values);
          engine.forward({ ...batch, targets: null });
          expect(largestDifference(engine.outputs(), states, batch, outputs), `${kernels.kind}, ${end}`).toBeLessThanOrEqual(tolerance);
        }
      }
    });
    await fc.assert(property, RUNS);
  });
});
