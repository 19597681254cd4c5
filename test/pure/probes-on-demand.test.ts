import { describe, expect, it } from 'vitest';
import { readCellStates, stepOf } from '../../src-engine/analyze/cell-states.ts';
import { finish } from '../../src-engine/train/turns.ts';
import { gateStatistics, jacobianNorms, readWeights, recurrentRadii, stateNorms } from '../../src-engine/analyze/cell-statistics.ts';
import { flowTriangle } from '../../src-engine/train/flow-triangle.ts';
import { stepJacobian } from '../../src-engine/analyze/jacobian.ts';
import { largestSingularValue } from '../../src-engine/analyze/singular-value.ts';
import type { Batch } from '../../src-engine/data/dataset.ts';
import { INSTRUCTIONS } from '../../src-engine/ir/instruction-set.ts';
import { SETTING_LOSS, SETTING_LOSS_LIMIT } from '../../src-engine/ir/opcodes.ts';
import type { CellPlace } from '../../src-engine/ir/program.ts';
import { ReferenceMachine } from '../../src-engine/run/reference-machine.ts';
import { findNonFinite } from '../../src-engine/train/non-finite.ts';
import { takeProbe } from '../../src-engine/train/take-probe.ts';
import { writeBatch } from '../../src-engine/train/write-batch.ts';
import { drawnModel, randomBatch, randomValues, type CellSpec, type LayerSpec, type ModelSpec } from './arbitrary-model.ts';
import { distance, EngineUnderTest, modelOf } from './engine-under-test.ts';

const UNITS = 3;
const CELLS: readonly CellSpec[] = [
  { kind: 'rnn', units: UNITS, activation: 'tanh' },
  { kind: 'rnn', units: UNITS, activation: 'sigmoid' },
  { kind: 'rnn', units: UNITS, activation: 'relu' },
  { kind: 'gru', units: UNITS, reset: 'before' },
  { kind: 'gru', units: UNITS, reset: 'after' },
  ...[false, true].flatMap((peephole) => [false, true].map((coupled) => ({ kind: 'lstm', units: UNITS, peephole, coupled }) as const)),
];
const CASES = CELLS.map((cell) => [JSON.stringify(cell), cell] as const);

function specOf(layers: readonly LayerSpec[], rest: Partial<ModelSpec> = {}): ModelSpec {
  return { input: 'features', layers, linked: false, end: 'per-step', head: 'regression-head', sizes: { input: 2, output: 2 }, ...rest };
}

/** The model in float64 on a batch of rows of the given lengths. */
function engineOf(spec: ModelSpec, lengths: readonly number[], seed = 7): { readonly engine: EngineUnderTest; readonly batch: Batch } {
  const { graph, signature } = drawnModel(spec);
  const batch = randomBatch(signature, lengths, seed);
  const engine = new EngineUnderTest(modelOf(graph, signature), new ReferenceMachine(), batch);
  engine.write(randomValues(engine.parameters, seed, 1));
  return { engine, batch };
}

const STATES = [INSTRUCTIONS.rnnForward, INSTRUCTIONS.gruBlendForward, INSTRUCTIONS.gruAfterForward, INSTRUCTIONS.lstmForward];

/** Tape word behind the instruction of the forward section that writes to `address`. */
function behind({ program }: EngineUnderTest, address: number): number {
  const { tape, sections } = program;
  const makes = (at: number, of: { readonly code: number; readonly operands: readonly string[] }, operand: string): boolean =>
    tape[at] === of.code && tape[at + 2 + of.operands.indexOf(operand)] === address;
  for (let at = sections.forward.begin; at < sections.forward.end; at += tape[at + 1]!) {
    if (STATES.some((each) => makes(at, each, 'h')) || makes(at, INSTRUCTIONS.lastStep, 'y')) return at + tape[at + 1]!;
  }
  throw new Error('no instruction makes this state');
}

/**
 * Central differences of `read` by h at running step t (-1: the state it starts from), row b: the forward section is stopped behind it, h changed,
 * and the rest run. [H, of read]
 */
function differences(engine: EngineUnderTest, cell: CellPlace, t: number, b: number, read: () => readonly number[]): number[][] {
  const { machine, program } = engine;
  const state = t < 0 ? cell.initial! : cell.h + t * program.batch * cell.units;
  const split = behind(engine, state);
  return Array.from({ length: cell.units }, (_, unit) => {
    const at = state + b * cell.units + unit;
    const [above, below] = [1e-6, -1e-6].map((change) => {
      machine.run({ begin: program.sections.forward.begin, end: split });
      machine.writeFloats(at, [machine.read(at) + change]);
      machine.run({ begin: split, end: program.sections.forward.end });
      return read();
    });
    return above!.map((value, e) => (value - below![e]!) / 2e-6);
  });
}

describe('dh_t/dh_(t-1)', () => {
  it.each(CASES)('of %s is what central differences give', (_, cell) => {
    for (const layer of [cell, { kind: 'bidirectional', merge: 'sum', child: cell } as const]) {
      const { engine, batch } = engineOf(specOf([layer]), [4, 2]);
      const { machine, program } = engine;
      for (const place of program.cells) {
        writeBatch(machine, program, batch, 'all');
        machine.run(program.sections.forward);
        const states = readCellStates(machine, program, place);
        const parameter = (name: string | null): Float64Array | null => (name === null ? null : engine.read().get(name)!);
        const { form } = place;
        const weights = { recurrent: parameter(place.recurrentWeight)!, outputPeephole: parameter(form.kind === 'lstm' ? form.outputPeephole : null) };
        const measured = finish(jacobianNorms(readWeights(machine, program, place), states, batch));
        expect(measured.rows).toBe(2);
        const norms = [[], []] as number[][];
        for (const [b, t] of [
          [0, 1],
          [0, 2],
          [0, 3],
          [1, 1],
        ] as const) {
          // prettier-ignore
          const made = stepJacobian(form, UNITS, weights, stepOf(states, t, b));
          const read = (): readonly number[] => [...machine.readFloats(place.h + (t * program.batch + b) * UNITS, UNITS)];
          const columns = differences(engine, place, t - 1, b, read);
          const expected = Float64Array.from({ length: UNITS * UNITS }, (__, e) => columns[e % UNITS]![Math.floor(e / UNITS)]!);
          expect(distance(made, expected, 1e-3)).toBeLessThan(1e-6);
          norms[b]!.push(largestSingularValue(expected, UNITS));
        }
        // Places in reading order: a backward direction's second step is the last but one of its row.
        const [long, short] = norms as [number[], number[]];
        const places = place.backward ? [(long[2]! + short[0]!) / 2, null, long[0]!, null] : [null, (long[0]! + short[0]!) / 2, long[1]!, long[2]!];
        for (const [at, value] of places.entries()) if (value !== null) expect(measured.values[at]).toBeCloseTo(value, 5);
      }
    }
  });
});

it.each(CASES)('dh_1/dh_0 of %s that starts from a state is what central differences give', (_, cell) => {
  const { engine, batch } = engineOf(specOf([cell, cell], { linked: true }), [3, 2]);
  const { machine, program } = engine;
  const place = program.cells[1]!;
  writeBatch(machine, program, batch, 'all');
  machine.run(program.sections.forward);
  const measured = finish(jacobianNorms(readWeights(machine, program, place), readCellStates(machine, program, place), batch));
  const norms = [0, 1].map((b) => {
    const columns = differences(engine, place, -1, b, () => [...machine.readFloats(place.h + b * UNITS, UNITS)]);
    return largestSingularValue(Float64Array.from(columns.flat()), UNITS);
  });
  expect(measured.values[0]).toBeCloseTo((norms[0]! + norms[1]!) / 2, 6);
});

/** Values by parameter, by the end of its name; what is not named is 0. */
function writeNamed(engine: EngineUnderTest, named: Readonly<Record<string, readonly number[]>>): void {
  engine.write(
    new Map(
      engine.parameters.map(({ name, size }) => [
        name,
        Object.entries(named).find(([ending]) => name.endsWith(ending))?.[1] ?? new Array<number>(size).fill(0),
      ]),
    ),
  );
}

const logit = (share: number): number => Math.log(share / (1 - share));

describe('what a forward section says of a cell', () => {
  it('has the gates of a GRU as its biases set them, at steps that rows have', () => {
    for (const reset of ['before', 'after'] as const) {
      const { engine, batch } = engineOf(specOf([{ kind: 'gru', units: 2, reset }]), [3, 1]);
      writeNamed(engine, { 'gru1.bias': [logit(0.01), logit(0.5), logit(0.96), logit(0.97), 1, -2] });
      engine.forward({ ...batch, steps: 3 });
      const states = readCellStates(engine.machine, engine.program, engine.program.cells[0]!);
      const [resets, updates] = gateStatistics(states, batch);
      expect(resets).toMatchObject({ gate: 'reset', shut: [0.5, 0.5, 0.5], open: [0, 0, 0] });
      expect(updates).toMatchObject({ gate: 'update', shut: [0, 0, 0], open: [1, 1, 1] });
      for (const value of resets!.mean) expect(value).toBeCloseTo(0.255, 12);
      for (const value of updates!.mean) expect(value).toBeCloseTo(0.965, 12);
      const grown = (t: number): number => Math.hypot((1 - 0.96 ** (t + 1)) * Math.tanh(1), (1 - 0.97 ** (t + 1)) * Math.tanh(-2));
      const { h, c } = stateNorms(states, batch);
      for (const [t, value] of h.entries()) expect(value).toBeCloseTo(grown(t), 12);
      expect(c).toBeNull();
    }
  });

  it('has the gates, h and c of an LSTM as its biases set them', () => {
    const { engine, batch } = engineOf(specOf([{ kind: 'lstm', units: 1, peephole: false, coupled: false }]), [4, 2]);
    writeNamed(engine, { 'lstm1.bias': [logit(0.04), logit(0.99), 0.5, logit(0.7)] });
    engine.forward(batch);
    const states = readCellStates(engine.machine, engine.program, engine.program.cells[0]!);
    const gates = gateStatistics(states, batch);
    expect(gates.map(({ gate, shut, open }) => [gate, shut[3], open[3]])).toEqual([['input', 1, 0], ['forget', 0, 1], ['output', 0, 0]]); // prettier-ignore
    const { h, c } = stateNorms(states, batch);
    let cell = 0;
    for (let t = 0; t < 4; t++) {
      cell = 0.99 * cell + 0.04 * Math.tanh(0.5);
      expect(c![t]).toBeCloseTo(cell, 12);
      expect(h[t]).toBeCloseTo(0.7 * Math.tanh(cell), 12);
    }
  });

  it('gives NaN at steps that no row has', () => {
    const { engine, batch } = engineOf(specOf([CELLS[0]!]), [2, 1]);
    const longer = { ...batch, lengths: Int32Array.of(1, 1) };
    engine.forward(longer);
    const place = engine.program.cells[0]!;
    const states = readCellStates(engine.machine, engine.program, place);
    expect(stateNorms(states, longer).h[1]).toBeNaN();
    expect(finish(jacobianNorms(readWeights(engine.machine, engine.program, place), states, longer)).values[1]).toBeNaN();
  });

  it('has the spectral radius of each recurrent block', () => {
    const { engine } = engineOf(specOf([{ kind: 'lstm', units: 2, peephole: true, coupled: false }]), [1]);
    writeNamed(engine, { '.weight_hh': [0, -3, 3, 0, 2, 9, 0, 1, 0, 0, 0, 0, 0, 1, 4, 0] });
    const [input, forget, candidate, output] = finish(
      recurrentRadii(engine.program.cells[0]!, readWeights(engine.machine, engine.program, engine.program.cells[0]!)),
    );
    expect([input!.block, forget!.block, candidate!.block, output!.block]).toEqual(['input', 'forget', 'candidate', 'output']);
    expect([input!.radius, forget!.radius, candidate!.radius, output!.radius].map((radius) => radius.toFixed(9))).toEqual(
      [3, 2, 0, 2].map((radius) => radius.toFixed(9)),
    );
  });
});

describe('the triangle of flows', () => {
  it.each(CASES)('of %s is what central differences of each step’s loss give', (_, cell) => {
    const { engine, batch } = engineOf(specOf([cell]), [4]);
    const { machine, program } = engine;
    const triangle = finish(flowTriangle((work) => work(machine, program, batch)))!;
    expect(triangle.lossSteps).toEqual([0, 1, 2, 3]);
    const [{ cell: place, flow }] = triangle.cells as [(typeof triangle.cells)[number]];
    for (let s = 0; s < 4; s++) {
      for (let t = 0; t < 4; t++) {
        writeBatch(machine, program, batch, { t: s });
        const slopes = differences(engine, place, t, 0, () => [machine.read(program.shared.settings + SETTING_LOSS)]).flat();
        expect(flow[s]![t], `loss ${s}, step ${t}`).toBeCloseTo(Math.hypot(...slopes), 5);
        if (t > s) expect(flow[s]![t]).toBe(0);
      }
    }
    expect(flow[3]).toEqual(takeProbe(machine, program, batch).flow[0]);
  });

  it('is not there where the model has one loss per row', () => {
    const { engine, batch } = engineOf(specOf([CELLS[0]!], { end: 'last-step' }), [3]);
    expect(finish(flowTriangle((work) => work(engine.machine, engine.program, batch)))).toBeNull();
  });

  it('takes the steps of a long sequence evenly, the last among them', () => {
    const { engine, batch } = engineOf(specOf([{ kind: 'rnn', units: 1, activation: 'tanh' }]), [500]);
    const { lossSteps } = finish(flowTriangle((work) => work(engine.machine, engine.program, batch)))!;
    expect(lossSteps).toHaveLength(200);
    expect(lossSteps.at(-1)).toBe(499);
  });
});

describe('the first place that is not finite', () => {
  const both = specOf([{ kind: 'bidirectional', merge: 'concat', child: { kind: 'rnn', units: 1, activation: 'relu' } }], { sizes: { input: 1, output: 1 } });

  it('is told in reading order where a backward direction’s state overflows', () => {
    const { engine, batch } = engineOf(both, [3, 5]);
    // Only at the second step of the second row there is something to multiply.
    const inputs = { kind: 'features', width: 1, values: Float32Array.from({ length: 10 }, (_, e) => Number(e === 1 * 2 + 1)) } as const;
    writeNamed(engine, { 'backward.weight_ih': [1e308], 'backward.weight_hh': [1e308] });
    engine.forward({ ...batch, inputs });
    const found = findNonFinite(engine.machine, engine.program, batch);
    expect(found?.layer).toMatch(/backward$/u);
    // Finite at t = 2, where it came in; too large one step on, which is t = 1.
    expect(found).toMatchObject({ t: 1, quantity: 'hidden state' });
  });

  it('is told in reading order where a backward direction’s gradient overflows', () => {
    const { engine, batch } = engineOf(both, [3, 5]);
    writeNamed(engine, { 'head.weight': [0, 1e30] });
    engine.forward(batch);
    engine.backward();
    const found = findNonFinite(engine.machine, engine.program, batch);
    expect(found?.layer).toMatch(/backward$/u);
    // Gradients come to the running order's last step first, which is the first of the longest row.
    expect(found).toMatchObject({ t: 1, quantity: 'gradient' });
  });

  it('is told by the length of its own row, with several units', () => {
    const units = 2;
    const wide = { ...both, layers: [{ kind: 'bidirectional', merge: 'concat', child: { kind: 'rnn', units, activation: 'relu' } }] } as const;
    const { engine, batch } = engineOf(wide, [3, 5]);
    const inputs = { kind: 'features', width: 1, values: Float32Array.from({ length: 10 }, (_, e) => Number(e === 1 * 2 + 1)) } as const;
    const huge = (count: number): readonly number[] => new Array<number>(count).fill(1e308);
    writeNamed(engine, { 'backward.weight_ih': huge(units), 'backward.weight_hh': huge(units * units) });
    engine.forward({ ...batch, inputs });
    expect(findNonFinite(engine.machine, engine.program, batch)).toMatchObject({ t: 1, quantity: 'hidden state' });
  });

  it('is nowhere where all is finite, unless the loss is beyond its limit; a limit of 0 is none', () => {
    const { engine, batch } = engineOf(both, [3, 5]);
    const { machine, program } = engine;
    engine.forward(batch);
    engine.backward();
    const loss = machine.read(program.shared.settings + SETTING_LOSS);
    expect(loss).toBeGreaterThan(0);
    const found = [0, loss * 2, loss / 2].map((limit) => {
      machine.writeFloats(program.shared.settings + SETTING_LOSS_LIMIT, [limit]);
      return findNonFinite(machine, program, batch)?.quantity;
    });
    expect(found).toEqual([undefined, undefined, 'loss']);
  });
});
