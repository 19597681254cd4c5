import { beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src-engine/document/project.ts';
import { chain, node } from '../../src-engine/scenarios/build-graph.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import type { DebugReply, DebugRequest } from '../../src-engine/session/debug/debug-protocol.ts';
import type { Session } from '../../src-engine/session/session.ts';
import { debugCopyReply, debugNodeReply, debugReply } from '../../src-renderer/bridge/debug-schema.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const FIRST = { part: 'train', example: 0 } as const;

async function opened(project: Project, steps = 1): Promise<Session> {
  const { session } = openSession(engine);
  const { problems } = await session.handlers.open({ project, threads: 1 });
  expect(problems).toEqual([]);
  for (let step = 0; step < steps; step++) await session.handlers.step({});
  return session;
}

async function looked(project: Project, request: DebugRequest = { input: FIRST }): Promise<{ readonly session: Session; readonly reply: DebugReply }> {
  const session = await opened(project);
  const reply = await session.handlers.debug(request);
  expect(debugReply.parse(JSON.parse(JSON.stringify(reply))), 'as the window reads it').toEqual(reply);
  return { session, reply };
}

const numbers = (values: readonly unknown[] | null): number[] => (values ?? []).map(Number);
const hypot = (values: readonly unknown[]): number => Math.hypot(...values.map(Number));

/** What holds of every reply, whatever the model. */
async function expectConsistent(session: Session, reply: DebugReply): Promise<void> {
  const { steps, cells, parameters, windows, reduce } = reply;
  for (const { length, h, c, gates, gradient, flow, jacobian } of cells) {
    for (const values of [h, ...(c === null ? [] : [c]), gradient, flow, jacobian, ...gates.flatMap(({ mean, shut, open }) => [mean, shut, open])]) {
      expect(values).toHaveLength(steps);
      expect(values.slice(length).every((value) => value === 'NaN')).toBe(true);
      for (const value of values.slice(0, length)) expect(Number(value)).toBeGreaterThanOrEqual(0);
    }
  }
  for (const [index, window] of windows.entries()) {
    expect(hypot(parameters.map((each) => each.windows[index]!.given))).toBeCloseTo(Number(window.clippedNorm), 5);
    for (const { windows: updates } of parameters) {
      const { copies, sum, mean, given, update } = updates[index]!;
      expect(Number(mean)).toBeCloseTo(Number(sum) / copies, 6);
      const reduced = Number(reduce === 'sum' ? sum : mean) * Number(window.clipFactor);
      expect(Math.abs(Number(given) - reduced), 'engine’s own sum').toBeLessThan(1e-4 * reduced + 1e-7);
      expect(Number(update) > 0).toBe(window.counts && Number(given) > 0);
    }
  }
  for (const { parameter, backward, norms, running, windows: updates } of parameters) {
    if (norms === null || running === null) continue;
    const [first] = windows;
    const held = cells.find(({ path }) => parameter.startsWith(`${path}.`))?.length ?? steps;
    const end = backward ? Math.min(first!.to, held) : first!.from;
    expect(Number(running[end - 1]), `${parameter} added up`).toBeCloseTo(Number(updates[0]!.sum), 5);
  }
  for (const { path, layer, direction, units, length, h, gradient, jacobian } of cells) {
    const t = Math.max(1, Math.ceil(length / 2));
    const found = await session.handlers.debugNode({ id: reply.id, layer, direction, t });
    expect(debugNodeReply.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
    expect(found.name).toBe(`${path}:t${t}`);
    expect(found.h).toHaveLength(units);
    expect(hypot(found.h)).toBeCloseTo(Number(h[t - 1]), 5);
    expect(Math.abs(hypot(found.dh) - Number(gradient[t - 1]))).toBeLessThan(1e-5 * Number(gradient[t - 1]) + 1e-12);
    expect(Math.abs(Number(found.jacobian.norm) - Number(jacobian[t - 1]))).toBeLessThan(1e-5);
    expect(found.gradients.length).toBeGreaterThan(2);
    for (const own of found.gradients) {
      const listed = parameters.find(({ parameter }) => parameter === own.parameter)!;
      expect(Math.abs(Number(own.norm) - Number(listed.norms![t - 1]))).toBeLessThan(1e-6 * Number(own.norm) + 1e-12);
      const { name, copy, running } = await session.handlers.debugCopy({ id: reply.id, parameter: own.parameter, t });
      expect(name).toBe(`${own.parameter}:t${t}`);
      expect(copy).toEqual(own);
      expect(Math.abs(Number(running.norm) - Number(listed.running![t - 1]))).toBeLessThan(1e-5 * Number(running.norm) + 1e-12);
    }
  }
}

describe('the debugger', () => {
  it.each(['names', 'deep-rnn', 'sentiment', 'forecast-every-month', 'bptt-mean', 'addition', 'cloze'])(
    'shows %s consistently: cells, copies, what they add up to, nodes one by one',
    async (id) => {
      const { session, reply } = await looked(scenarioProject(id));
      expect(reply).toMatchObject({ step: 1, targetsFrom: 'data' });
      await expectConsistent(session, reply);
    },
  );

  it('has no cells for a model without a recurrence, but its parameters and their update', async () => {
    const { reply } = await looked(scenarioProject('feed-forward'));
    expect(reply.cells).toEqual([]);
    expect(reply.parameters.map(({ windows }) => Number(windows[0]!.update) > 0)).toEqual(reply.parameters.map(() => true));
  });

  it('gives a backward direction its own way: the sum grows from the first step to the last', async () => {
    const { reply } = await looked(scenarioProject('sentiment'));
    const own = (name: string) => reply.parameters.find(({ parameter }) => parameter === name)!;
    const [there, back] = [own('gru1.forward.bias'), own('gru1.backward.bias')];
    expect([there.backward, back.backward]).toEqual([false, true]);
    expect(there.running!.at(-1)).toBe(there.norms!.at(-1));
    expect(back.running![0]).toBe(back.norms![0]);
    expect(Number(back.running!.at(-1))).toBeCloseTo(Number(back.windows[0]!.sum), 6);
    // The first step of a row is the last that the backward direction runs: there its gradient begins.
    const [, cell] = reply.cells;
    expect(cell!.path).toBe('gru1.backward');
    expect(Number(cell!.gradient[0])).toBeGreaterThan(Number(cell!.gradient.at(-1)));
  });

  it('marks what is masked where targets have steps of their own, and lets a decoder count its own', async () => {
    const { session, reply } = await looked(scenarioProject('addition'));
    const [input, target] = [reply.inputSteps, reply.targetSteps];
    expect(input).toBeGreaterThan(target);
    expect(reply.cells.map(({ path, axis, length }) => [path, axis, length])).toEqual([
      ['lstm1.forward', 'inputs', input],
      ['lstm1.backward', 'inputs', input],
      ['decoder1', 'targets', target],
    ]);
    expect(reply.outputs.map(({ t }) => t)).toEqual(Array.from({ length: target }, (_, t) => t + 1));
    const decoder = reply.parameters.find(({ parameter }) => parameter === 'decoder1.weight_hh')!;
    expect(decoder.norms!.slice(target)).toEqual(Array.from({ length: input - target }, () => 'NaN'));
    await expect(
      Promise.resolve().then(() => session.handlers.debugNode({ id: reply.id, layer: 'decoder1', direction: 'forward', t: target + 1 })),
    ).rejects.toMatchObject({ problems: [{ code: 'U044', message: `decoder1:t${target + 1} is masked: it has ${target} steps in this example.` }] });
  });

  it('cuts an example into the windows of truncated BPTT: no gradient crosses them, each has an update of its own', async () => {
    const project = scenarioProject('forecast-every-month');
    const cut = { ...project, training: { ...project.training, bptt: { mode: 'truncated', window: 10, reduce: 'sum' } } } as const;
    const { session, reply } = await looked(cut, { input: FIRST, flow: 10 });
    expect(reply.windows.map(({ from, to, counts }) => [from, to, counts])).toEqual([
      [1, 10, true],
      [11, 20, true],
      [21, 24, true],
    ]);
    await expectConsistent(session, reply);
    const [cell] = reply.cells;
    expect(numbers(cell!.flow.slice(10))).toEqual(new Array<number>(reply.steps - 10).fill(0));
    expect(Number(cell!.flow[0])).toBeGreaterThan(0);
    const [weight] = reply.parameters.filter(({ parameter }) => parameter.endsWith('.weight_hh'));
    for (const { to } of reply.windows) expect(weight!.running![to - 1]).toBe(weight!.norms![to - 1]);
    expect(reply.windows.map((_, index) => weight!.windows[index]!.copies)).toEqual([10, 10, 4]);
    // States go on where the gradient stops: the same forward pass as of whole sequences.
    const whole = await opened(project, 0);
    const other = await opened({ ...cut }, 0);
    const [one, two] = [await whole.handlers.debug({ input: FIRST }), await other.handlers.debug({ input: FIRST })];
    expect(numbers(two.cells[0]!.h).map((value) => value.toFixed(5))).toEqual(numbers(one.cells[0]!.h).map((value) => value.toFixed(5)));
  });

  it('follows the loss that is asked for', async () => {
    const session = await opened(scenarioProject('forecast-every-month'));
    const look = async (flow: DebugRequest['flow']) => (await session.handlers.debug({ input: FIRST, flow })).cells[0]!;
    const [all, last, early] = [await look('all'), await look('last'), await look(5)];
    expect(all.flow).toEqual(all.gradient);
    expect(last.flow).not.toEqual(last.gradient);
    expect(numbers(early.flow.slice(5)).every((value) => value === 0)).toBe(true);
    expect(Number(early.flow[4])).toBeGreaterThan(0);
    await expect(session.handlers.debug({ input: FIRST, flow: 1000 })).rejects.toMatchObject({ problems: [{ code: 'U044' }] });
    const once = await opened(scenarioProject('names'), 0);
    await expect(once.handlers.debug({ input: FIRST, flow: 2 })).rejects.toMatchObject({ problems: [{ code: 'U044' }] });
  });

  it('takes a typed input: its own answer is then the target, of a language model the next token', async () => {
    const session = await opened(scenarioProject('sentiment'));
    const typed = await session.handlers.debug({ input: { text: 'the movie is pathetic' } });
    expect(typed.targetsFrom).toBe('answers');
    expect(typed.outputs[0]!.target).toBe(typed.outputs[0]!.answer.ranked[0]!.class);
    const writer = await opened(scenarioProject('next-character'), 0);
    const text = await writer.handlers.debug({ input: { text: 'whale' } });
    expect(text.targetsFrom).toBe('text');
    expect(text.outputs.map(({ target }) => target)).toEqual(['h', 'a', 'l', 'e', null]);
    expect(text.outputs.at(-1)).toMatchObject({ loss: null, weight: 0 });
    expect(Number(text.cells[0]!.flow[3])).toBeGreaterThan(0);
    const forecast = await opened(scenarioProject('forecast'), 0);
    await expect(forecast.handlers.debug({ input: { sequence: [[1, 2]] } })).rejects.toThrow(/no right answer/u);
  });

  it('says what is too long, what is not there, and that it looks at something else by now', async () => {
    const recall = scenarioProject('recall-rnn');
    const long = await opened({ ...recall, data: { ...recall.data!, options: { lag: 450 } } }, 0);
    await expect(long.handlers.debug({ input: FIRST })).rejects.toThrow(/at most 400/u);
    const { session, reply } = await looked(scenarioProject('names'));
    await expect(session.handlers.debug({ input: { part: 'train', example: 1e6 } })).rejects.toMatchObject({ problems: [{ code: 'U044' }] });
    const asked = (request: () => unknown) => Promise.resolve().then(request);
    await expect(asked(() => session.handlers.debugNode({ id: reply.id, layer: 'none', direction: 'forward', t: 1 }))).rejects.toMatchObject({
      problems: [{ code: 'U044' }],
    });
    await expect(asked(() => session.handlers.debugCopy({ id: reply.id, parameter: 'none', t: 1 }))).rejects.toMatchObject({ problems: [{ code: 'U044' }] });
    await session.handlers.debug({ input: { part: 'train', example: 1 } });
    await expect(asked(() => session.handlers.debugNode({ id: reply.id, layer: 'rnn1', direction: 'forward', t: 1 }))).rejects.toMatchObject({
      problems: [{ code: 'U044' }],
    });
  });

  it('cuts a text of a thousand characters after as many windows as fit', async () => {
    const { reply } = await looked(scenarioProject('next-character'));
    expect(reply.steps).toBeLessThanOrEqual(400);
    expect(reply.wholeSteps).toBeGreaterThan(400);
    expect(reply.windows.at(-1)!.to).toBe(reply.steps);
    expect(reply.read).toHaveLength(reply.steps);
  });

  it('tells the largest numbers of what is too large to tell whole', async () => {
    const { session, reply } = await looked(scenarioProject('names'));
    const big = reply.parameters.find(({ parameter }) => parameter === 'rnn1.weight_hh')!;
    expect(big.values).toBeNull();
    const found = await session.handlers.debugCopy({ id: reply.id, parameter: big.parameter, t: 2 });
    expect(debugCopyReply.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
    expect(found.copy.values).toBeNull();
    const sizes = found.copy.largest!.map(({ value }) => Math.abs(Number(value)));
    expect(sizes).toHaveLength(20);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    for (const { place } of found.copy.largest!) for (const [axis, index] of place.entries()) expect(index).toBeLessThan(big.shape[axis]!);
  });

  it('has dL/dc_t of an LSTM: what comes through h_t and what the forget gate of the next step lets pass', async () => {
    const recall = scenarioProject('recall-lstm');
    const { session, reply } = await looked({ ...recall, data: { ...recall.data!, options: { lag: 20 } } });
    const at = (t: number) => session.handlers.debugNode({ id: reply.id, layer: 'lstm1', direction: 'forward', t });
    const [now, next] = [await at(19), await at(20)];
    const gate = (of: typeof now, name: string) => of.gates.find((each) => each.gate === name)!.values;
    const expected = numbers(now.dh).map((dh, j) => {
      const squashed = Math.tanh(Number(now.c![j]));
      return dh * Number(gate(now, 'output')[j]) * (1 - squashed * squashed) + Number(next.dc![j]) * Number(gate(next, 'forget')[j]);
    });
    const size = hypot(expected);
    for (const [j, value] of expected.entries()) expect(Math.abs(Number(now.dc![j]) - value) / size).toBeLessThan(1e-4);
  });

  it('tells of a gradient that is not finite, and makes no update of it', async () => {
    const exploding = scenarioProject('exploding');
    const optimizer = { ...exploding.training.optimizer, learningRate: 1e30 };
    const session = await opened({ ...exploding, training: { ...exploding.training, optimizer, clip: { kind: 'none' } } }, 0);
    await session.handlers.step({});
    const reply = await session.handlers.debug({ input: FIRST });
    expect(debugReply.parse(JSON.parse(JSON.stringify(reply)))).toEqual(reply);
    expect(reply.windows[0]!.finite).toBe(false);
    for (const { windows } of reply.parameters) expect(windows[0]!.update).toBe(0);
  });
});

describe('debugging while the model trains', () => {
  /** Two layers of 48 units over 100 steps. */
  const project = (): Project => {
    const recall = scenarioProject('recall-lstm');
    const nodes = [
      ...recall.graph.nodes.filter(({ kind }) => kind !== 'lstm').map((each) => ({ ...each, position: { x: 0, y: 0 } })),
      node({ id: 'lstm1', kind: 'lstm', x: 0, y: 0, params: { units: 48 } }),
      node({ id: 'lstm2', kind: 'lstm', x: 0, y: 0, params: { units: 48 } }),
    ];
    return {
      ...recall,
      graph: chain(nodes, ['symbols', 'embed', 'lstm1', 'lstm2', 'last', 'head']),
      data: { ...recall.data!, options: { ...recall.data!.options, count: 500 } },
      training: { ...recall.training, batchSize: 8 },
    };
  };
  const stepped = async (steps: number) => {
    // A clock that goes on a millisecond whenever it is read: how many pieces there are does not depend on the machine.
    let time = 0;
    const test = openSession(engine, () => (time += 1));
    expect((await test.session.handlers.open({ project: project(), threads: 1 })).problems).toEqual([]);
    for (let step = 0; step < steps; step++) await test.session.handlers.step({});
    return test;
  };

  it('comes in pieces, with the weights of its begin, and changes no bit', async () => {
    const still = await stepped(2);
    const expected = await still.session.handlers.debug({ input: FIRST });
    const { session } = await stepped(2);
    await session.handlers.start({});
    let answered = false;
    const reply = Promise.resolve(session.handlers.debug({ input: FIRST })).finally(() => (answered = true));
    let turns = 0;
    for (; !answered; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(turns).toBeGreaterThan(3);
    const looked = await reply;
    const { step } = await session.handlers.pause({});
    expect(step, 'trained meanwhile').toBeGreaterThan(2);
    expect({ ...looked, step: 0, id: 0, windows: [], parameters: [] }).toEqual({ ...expected, step: 0, id: 0, windows: [], parameters: [] });
    // A node asked for later is one of the same moment.
    const node90 = { id: 1, layer: 'lstm2', direction: 'forward', t: 90 } as const;
    expect(await session.handlers.debugNode(node90)).toEqual(await still.session.handlers.debugNode(node90));
    const undisturbed = await stepped(2);
    await undisturbed.session.handlers.start({ steps: step });
    await undisturbed.next('done');
    const text = async (of: Session): Promise<string> => (await of.handlers.exportModel({ arrays: false })).text;
    expect(await text(session)).toBe(await text(undisturbed.session));
  });

  it('is refused where the project is closed meanwhile', async () => {
    const { session } = await stepped(0);
    const reply = session.handlers.debug({ input: FIRST });
    session.close();
    await expect(reply).rejects.toMatchObject({ problems: [{ code: 'U024' }] });
  });
});
