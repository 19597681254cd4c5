import { beforeAll, describe, expect, it } from 'vitest';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import type { Project, TrainingSpec } from '../../src-engine/document/project.ts';
import { Debugger } from '../../src-engine/session/debug/debugger.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { graph, node } from '../pure/document-builders.ts';
import { engineFiles } from './session-fixture.ts';
import { numbersDataset, openModel, PACE } from './open-model.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const near = (actual: unknown, expected: number, what: string): void => {
  expect(Math.abs(Number(actual) - expected), `${what}: ${String(actual)} for ${expected}`).toBeLessThan(1e-6);
};
const allNear = (actual: readonly unknown[], expected: readonly number[], what: string): void => {
  expect(actual, what).toHaveLength(expected.length);
  for (const [place, value] of expected.entries()) near(actual[place], value, `${what}[${place}]`);
};

/** x -> tanh RNN -> last step -> linear, squared error; plain SGD. */
function lectureProject(units: number, reduce: 'sum' | 'mean', training: Partial<TrainingSpec> = {}): Project {
  const empty = emptyProject('Lecture');
  return {
    ...empty,
    graph: graph(
      [node('x', 'features'), node('rnn1', 'rnn', { units, activation: 'tanh' }), node('last', 'last-step'), node('head', 'regression-head')],
      ['x -> rnn1', 'rnn1 -> last', 'last -> head'],
    ),
    training: {
      ...empty.training,
      optimizer: { kind: 'sgd', learningRate: 0.1 },
      clip: { kind: 'none' },
      bptt: { mode: 'full', reduce },
      batchSize: 1,
      ...training,
    },
  };
}

describe('the debugger on a 3-step RNN shows exactly the numbers of the lecture', () => {
  // h' = tanh(U x + W h + b), y = V h3 + c, L = (y - target)^2, with x = 1, -1, 0.5 and target 0.6.
  const [U, W, b, V, c] = [0.5, 0.8, 0.1, 1.5, -0.2];
  const [x1, x2, x3, target] = [1, -1, 0.5, 0.6];
  // Forward: three copies of one function.
  const h1 = Math.tanh(U * x1 + W * 0 + b);
  const h2 = Math.tanh(U * x2 + W * h1 + b);
  const h3 = Math.tanh(U * x3 + W * h2 + b);
  const y = V * h3 + c;
  const loss = (y - target) ** 2;
  // Backward, from the last copy to the first.
  const dy = 2 * (y - target);
  const dh3 = dy * V;
  const d3 = dh3 * (1 - h3 * h3);
  const dh2 = d3 * W;
  const d2 = dh2 * (1 - h2 * h2);
  const dh1 = d2 * W;
  const d1 = dh1 * (1 - h1 * h1);
  // Each copy's own gradient.
  const ofU = [d1 * x1, d2 * x2, d3 * x3] as const;
  const ofW = [d1 * 0, d2 * h1, d3 * h2] as const;
  const ofB = [d1, d2, d3] as const;

  it.each(['sum', 'mean'] as const)('with one unit, copies reduced by %s', async (reduce) => {
    const weights = { 'rnn1.weight_ih': [U], 'rnn1.weight_hh': [W], 'rnn1.bias': [b], 'head.weight': [V], 'head.bias': [c] };
    const opened = openModel(lectureProject(1, reduce), numbersDataset([[[x1], [x2], [x3]]], [[target]]), engine, weights);
    const debug = new Debugger();
    const reply = await debug.look(opened, { input: { part: 'train', example: 0 } }, { engine, ...PACE }, () => opened);
    expect(reply).toMatchObject({ steps: 3, inputSteps: 3, targetSteps: 3, targetsFrom: 'data', reduce, step: 0 });
    expect(reply.read.map(({ text }) => text)).toEqual(['1', '-1', '0.5']);
    near(reply.loss, loss, 'loss');
    near(reply.outputs[0]?.answer.numbers[0]?.value, y, 'answer');
    expect(reply.outputs).toMatchObject([{ t: null, target: '0.6', weight: 1 }]);
    const [cell] = reply.cells;
    allNear(cell!.h, [h1, h2, h3].map(Math.abs), 'norms of h');
    allNear(cell!.gradient, [dh1, dh2, dh3].map(Math.abs), 'dL/dh');
    allNear(cell!.flow, [dh1, dh2, dh3].map(Math.abs), 'flow');
    allNear(cell!.jacobian, [W * (1 - h1 * h1), W * (1 - h2 * h2), W * (1 - h3 * h3)].map(Math.abs), 'Jacobian');
    for (const [t, h, before, dh, d] of [
      [1, h1, 0, dh1, d1],
      [2, h2, h1, dh2, d2],
      [3, h3, h2, dh3, d3],
    ] as const) {
      const found = debug.node({ id: reply.id, layer: 'rnn1', direction: 'forward', t });
      expect(found.name).toBe(`rnn1:t${t}`);
      near(found.h[0], h, `h${t}`);
      near(found.before[0], before, `h${t - 1}`);
      near(found.pre?.[0], Math.atanh(h), `pre-activation ${t}`);
      near(found.dh[0], dh, `dL/dh${t}`);
      near(found.jacobian.matrix?.[0]?.[0], W * (1 - h * h), `dh${t}/dh${t - 1}`);
      const own = new Map(found.gradients.map(({ parameter, values }) => [parameter, values]));
      near(own.get('rnn1.bias')?.[0], d, `copy ${t} of b`);
      near(own.get('rnn1.weight_ih')?.[0], ofU[t - 1]!, `copy ${t} of U`);
      near(own.get('rnn1.weight_hh')?.[0], ofW[t - 1]!, `copy ${t} of W`);
    }
    for (const [name, value, copies] of [
      ['rnn1.weight_ih', U, ofU],
      ['rnn1.weight_hh', W, ofW],
      ['rnn1.bias', b, ofB],
    ] as const) {
      const parameter = reply.parameters.find((each) => each.parameter === name)!;
      const sum = copies[0] + copies[1] + copies[2];
      const given = reduce === 'sum' ? sum : sum / 3;
      allNear(parameter.values!.copies!.flat(), copies, name);
      allNear(parameter.norms!, copies.map(Math.abs), `norms of ${name}`);
      // Accumulated from the last copy back to the first.
      allNear(parameter.values!.running!.flat(), [sum, copies[1] + copies[2], copies[2]], `sum so far of ${name}`);
      allNear(parameter.running!, [sum, copies[1] + copies[2], copies[2]].map(Math.abs), `its norm`);
      const [window] = parameter.values!.windows;
      near(window!.sum[0], sum, `sum of ${name}`);
      near(window!.mean[0], sum / 3, `mean of ${name}`);
      near(window!.given[0], given, `what the optimiser is given of ${name}`);
      near(parameter.values!.before[0], value, name);
      near(window!.update[0], -0.1 * given, `update of ${name}`);
      near(window!.after[0], value - 0.1 * given, `${name} after it`);
    }
    const head = reply.parameters.find((each) => each.parameter === 'head.weight')!;
    expect(head).toMatchObject({ norms: null, running: null, windows: [{ copies: 1 }] });
    near(head.values!.windows[0]!.after[0], V - 0.1 * dy * h3, 'V after the update');
    const all = [...[ofU, ofW, ofB].map((copies) => (copies[0] + copies[1] + copies[2]) / (reduce === 'sum' ? 1 : 3)), dy * h3, dy];
    expect(reply.windows).toMatchObject([{ from: 1, to: 3, counts: true, clipFactor: 1, clippedNumbers: 0, learningRate: 0.1, finite: true }]);
    near(reply.windows[0]!.norm, Math.hypot(...all), 'global norm');
    // The one update of training is the one that was shown.
    opened.run.trainStep();
    const trained = opened.run.readParameters();
    for (const { parameter, values } of reply.parameters) allNear([...trained.get(parameter)!], values!.windows[0]!.after.map(Number), parameter);
  });

  it('with two units, every sum written out', async () => {
    // Rows of U and W are units; x has one number.
    const [u1, u2] = [0.4, -0.7];
    const [w11, w12, w21, w22] = [0.6, -0.3, 0.2, 0.5];
    const [b1, b2] = [0.05, -0.1];
    const [v1, v2, bias] = [1.1, -0.9, 0.3];
    const [p1, q1] = [Math.tanh(u1 * x1 + b1), Math.tanh(u2 * x1 + b2)];
    const [p2, q2] = [Math.tanh(u1 * x2 + w11 * p1 + w12 * q1 + b1), Math.tanh(u2 * x2 + w21 * p1 + w22 * q1 + b2)];
    const [p3, q3] = [Math.tanh(u1 * x3 + w11 * p2 + w12 * q2 + b1), Math.tanh(u2 * x3 + w21 * p2 + w22 * q2 + b2)];
    const answer = v1 * p3 + v2 * q3 + bias;
    const slope = 2 * (answer - target);
    const [gp3, gq3] = [slope * v1, slope * v2];
    const [ep3, eq3] = [gp3 * (1 - p3 * p3), gq3 * (1 - q3 * q3)];
    const [gp2, gq2] = [ep3 * w11 + eq3 * w21, ep3 * w12 + eq3 * w22];
    const [ep2, eq2] = [gp2 * (1 - p2 * p2), gq2 * (1 - q2 * q2)];
    const [gp1, gq1] = [ep2 * w11 + eq2 * w21, ep2 * w12 + eq2 * w22];
    const [ep1, eq1] = [gp1 * (1 - p1 * p1), gq1 * (1 - q1 * q1)];
    const weights = {
      'rnn1.weight_ih': [u1, u2],
      'rnn1.weight_hh': [w11, w12, w21, w22],
      'rnn1.bias': [b1, b2],
      'head.weight': [v1, v2],
      'head.bias': [bias],
    };
    const opened = openModel(lectureProject(2, 'sum'), numbersDataset([[[x1], [x2], [x3]]], [[target]]), engine, weights);
    const debug = new Debugger();
    const reply = await debug.look(opened, { input: { part: 'train', example: 0 } }, { engine, ...PACE }, () => opened);
    near(reply.loss, (answer - target) ** 2, 'loss');
    const [cell] = reply.cells;
    allNear(cell!.h, [Math.hypot(p1, q1), Math.hypot(p2, q2), Math.hypot(p3, q3)], 'norms of h');
    allNear(cell!.gradient, [Math.hypot(gp1, gq1), Math.hypot(gp2, gq2), Math.hypot(gp3, gq3)], 'norms of dL/dh');
    const valuesOf = (name: string) => reply.parameters.find(({ parameter }) => parameter === name)!.values!;
    const hh = [
      [0, 0, 0, 0],
      [ep2 * p1, ep2 * q1, eq2 * p1, eq2 * q1],
      [ep3 * p2, ep3 * q2, eq3 * p2, eq3 * q2],
    ];
    const ih = [
      [ep1 * x1, eq1 * x1],
      [ep2 * x2, eq2 * x2],
      [ep3 * x3, eq3 * x3],
    ];
    allNear(valuesOf('rnn1.weight_hh').copies!.flat(), hh.flat(), 'copies of W');
    allNear(valuesOf('rnn1.weight_ih').copies!.flat(), ih.flat(), 'copies of U');
    allNear(valuesOf('rnn1.bias').copies!.flat(), [ep1, eq1, ep2, eq2, ep3, eq3], 'copies of b');
    const w21After = w21 - 0.1 * (eq2 * p1 + eq3 * p2);
    near(valuesOf('rnn1.weight_hh').windows[0]!.after[2], w21After, 'w21 after the update');
    const { jacobian } = debug.node({ id: reply.id, layer: 'rnn1', direction: 'forward', t: 3 });
    allNear(jacobian.matrix!.flat(), [(1 - p3 * p3) * w11, (1 - p3 * p3) * w12, (1 - q3 * q3) * w21, (1 - q3 * q3) * w22], 'dh3/dh2');
    const copy = debug.copy({ id: reply.id, parameter: 'rnn1.weight_hh', t: 3 });
    expect(copy.name).toBe('rnn1.weight_hh:t3');
    allNear(copy.copy.values!, hh[2]!, 'copy 3 of W by itself');
    allNear(
      debug.copy({ id: reply.id, parameter: 'rnn1.weight_hh', t: 1 }).running.values!,
      [0, 1, 2, 3].map((e) => hh[1]![e]! + hh[2]![e]!),
      'their sum',
    );
  });

  it('says what clipping makes of them', async () => {
    const weights = { 'rnn1.weight_ih': [U], 'rnn1.weight_hh': [W], 'rnn1.bias': [b], 'head.weight': [V], 'head.bias': [c] };
    const sums = [ofU, ofW, ofB].map((copies) => copies[0] + copies[1] + copies[2]);
    const norm = Math.hypot(...sums, dy * h3, dy);
    const look = async (clip: TrainingSpec['clip']) => {
      const opened = openModel(lectureProject(1, 'sum', { clip }), numbersDataset([[[x1], [x2], [x3]]], [[target]]), engine, weights);
      return await new Debugger().look(opened, { input: { part: 'train', example: 0 } }, { engine, ...PACE }, () => opened);
    };
    const byNorm = await look({ kind: 'norm', max: 0.05 });
    near(byNorm.windows[0]!.norm, norm, 'norm');
    near(byNorm.windows[0]!.clippedNorm, 0.05, 'clipped norm');
    near(byNorm.windows[0]!.clipFactor, 0.05 / norm, 'clip factor');
    const recurrent = byNorm.parameters.find(({ parameter }) => parameter === 'rnn1.weight_hh')!;
    near(recurrent.values!.windows[0]!.given[0], (sums[1]! * 0.05) / norm, 'W clipped');
    near(recurrent.windows[0]!.update, Math.abs((0.1 * sums[1]! * 0.05) / norm), 'its update');
    const byValue = await look({ kind: 'value', max: 0.01 });
    const limited = [...sums, dy * h3, dy].map((value) => Math.max(-0.01, Math.min(0.01, value)));
    near(byValue.windows[0]!.clippedNorm, Math.hypot(...limited), 'norm after clipping by value');
    expect(byValue.windows[0]!.clippedNumbers).toBe([...sums, dy * h3, dy].filter((value) => Math.abs(value) > 0.01).length);
  });
});
