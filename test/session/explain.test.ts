import { beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src-engine/document/project.ts';
import { readModel } from '../../src-engine/exchange/read-model.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { graph, node } from '../pure/document-builders.ts';
import { problemsOf } from '../pure/data-builders.ts';
import { engineFiles, openSession, scenarioProject, type TestSession } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

const bidirectional = (project: Project): Project => ({
  ...project,
  graph: graph(
    [
      node('x', 'tokens'),
      node('embed', 'embedding', { size: 6 }),
      node('bi', 'bidirectional'),
      node('cell', 'lstm', { units: 5 }, 'bi'),
      node('last', 'last-step'),
      node('head', 'softmax-head'),
    ],
    ['x -> embed', 'embed -> bi', 'bi -> last', 'last -> head'],
  ),
});

async function opened(project: Project, steps = 3): Promise<TestSession['session']['handlers']> {
  const { handlers } = openSession(engine).session;
  const reply = await handlers.open({ project, threads: 1 });
  expect(reply.problems).toEqual([]);
  for (let step = 0; step < steps; step++) await handlers.step({});
  return handlers;
}

describe('a question about one input', () => {
  it('asked while a run trains changes no bit of it', async () => {
    const project = bidirectional(scenarioProject('names'));
    const weights = async (ask: boolean): Promise<ReadonlyMap<string, Float32Array>> => {
      const handlers = await opened(project, 0);
      for (let step = 0; step < 6; step++) {
        await handlers.step({});
        if (!ask) continue;
        const input = { text: ['anna', 'bartholomew'][step % 2]! };
        await handlers.classify({ input });
        await handlers.explain({ input, of: 'male' });
        await handlers.connectivity({ input });
        await handlers.states({ input });
      }
      const read = readModel((await handlers.exportModel({ arrays: false })).text);
      if (!read.ok) throw new Error('cannot be read');
      return read.model.parameters;
    };
    expect(await weights(true)).toEqual(await weights(false));
  });

  it('gets the probabilities of a typed name, and says which characters the model does not know', async () => {
    const handlers = await opened(scenarioProject('names'));
    const { step, read, answers } = await handlers.classify({ input: { text: 'Ann4' } });
    expect(step).toBe(3);
    expect(read).toEqual(Array.from('ann', (text) => ({ text, known: true })).concat({ text: '4', known: false }));
    expect(answers).toHaveLength(1);
    const ranked = answers[0]!.ranked;
    expect(new Set(ranked.map((each) => each.class))).toEqual(new Set(['female', 'male']));
    expect(ranked.reduce((sum, { probability }) => sum + Number(probability), 0)).toBeCloseTo(1, 5);
    expect(Number(ranked[0]!.probability)).toBeGreaterThanOrEqual(Number(ranked[1]!.probability));
  });

  it('is explained by a contribution of each character; those of two classes of one softmax differ', async () => {
    const handlers = await opened(scenarioProject('names'));
    const input = { text: 'anna' };
    const likeliest = await handlers.explain({ input });
    expect(likeliest.of).toBe(likeliest.answer.ranked[0]!.class);
    expect(likeliest.contributions).toHaveLength(4);
    expect(likeliest.norms.every((norm) => Number(norm) > 0)).toBe(true);
    const other = await handlers.explain({ input, of: likeliest.of === 'male' ? 'female' : 'male' });
    expect(other.contributions).not.toEqual(likeliest.contributions);
    const logits = Number(likeliest.value) - Number(other.value);
    const [first, second] = likeliest.answer.ranked.map(({ probability }) => Number(probability));
    expect(logits).toBeCloseTo(Math.log(first! / second!), 4);
  });

  it('about an example of the data is about what the data says', async () => {
    const handlers = await opened(scenarioProject('names'));
    const { read } = await handlers.classify({ input: { part: 'test', example: 0 } });
    const again = await handlers.classify({ input: { text: read.map(({ text }) => text).join('') } });
    expect(again.read).toEqual(read);
    expect(await handlers.classify({ input: { part: 'test', example: 0 } })).toEqual(again);
  });

  it('about numbers is answered in the unit of the data', async () => {
    const handlers = await opened(scenarioProject('forecast'));
    const input = { part: 'test', example: 3 } as const;
    const { answers, read } = await handlers.classify({ input });
    const { value, of, contributions } = await handlers.explain({ input });
    expect(of).toBe(answers[0]!.numbers[0]!.column);
    expect(Number(value)).toBeCloseTo(Number(answers[0]!.numbers[0]!.value), 4);
    expect(contributions).toHaveLength(read.length);
  });

  it('about an input without steps names its columns', async () => {
    const project = scenarioProject('forecast');
    const handlers = await opened({
      ...project,
      data: { ...project.data!, source: 'builtin:seattle', options: { window: 5, readAs: 'vector' } },
      graph: graph(
        [node('x', 'vector'), node('dense', 'dense', { units: 8, activation: 'tanh' }), node('head', 'regression-head')],
        ['x -> dense', 'dense -> head'],
      ),
    });
    const { read, contributions } = await handlers.explain({ input: { part: 'test', example: 0 } });
    expect(contributions).toHaveLength(read.length);
    expect(read[0]!.text).toMatch(/^highest temperature .*4 before/u);
  });

  it('says what is wrong with it', async () => {
    const handlers = await opened(scenarioProject('names'), 0);
    const of = async (work: () => unknown): Promise<readonly string[]> => (await problemsOf(work)).map(({ code }) => code);
    expect(await of(() => handlers.classify({ input: { text: '' } }))).toEqual(['U004']);
    expect(await of(() => handlers.classify({ input: { vector: [1] } }))).toEqual(['U004']);
    expect(await of(() => handlers.classify({ input: { text: 'a'.repeat(401) } }))).toEqual(['U044']);
    expect(await of(() => handlers.explain({ input: { text: 'anna' }, of: 'neither' }))).toEqual(['U044']);
    expect(await of(() => handlers.classify({ input: { part: 'test', example: 1_000_000 } }))).toEqual(['U044']);
  });
});

describe('connectivity', () => {
  it('has a row for each answer; a recurrent model that reads forward hangs on no later step', async () => {
    const project = scenarioProject('names');
    const perStep = {
      ...project,
      data: { ...project.data!, source: 'builtin:parity', options: { perStep: true } },
      graph: graph(
        [node('x', 'tokens'), node('hot', 'one-hot'), node('cell', 'gru', { units: 6 }), node('head', 'softmax-head')],
        ['x -> hot', 'hot -> cell', 'cell -> head'],
      ),
    };
    const handlers = await opened(perStep);
    const input = { text: '01101'.repeat(8) };
    const { absolute, relative, answers, read } = await handlers.connectivity({ input });
    expect(read).toHaveLength(40);
    expect(absolute).toHaveLength(40);
    expect(answers).toHaveLength(40);
    for (const [t, row] of absolute.entries()) {
      expect(row).toHaveLength(40);
      expect(row.slice(t + 1).every((value) => value === 0)).toBe(true);
      expect(Number(row[t])).toBeGreaterThan(0);
      expect(relative[t]!.reduce((sum: number, value) => sum + Number(value), 0)).toBeCloseTo(1, 5);
    }
    // Batched rows, and one backward pass alone, say the same.
    const alone = await handlers.explain({ input, at: 36, of: answers[35]!.of });
    expect(alone.norms).toEqual(absolute[35]);
  });

  it('of one answer is one row', async () => {
    const handlers = await opened(scenarioProject('names'));
    const { absolute } = await handlers.connectivity({ input: { text: 'anna' } });
    expect(absolute).toEqual([(await handlers.explain({ input: { text: 'anna' } })).norms]);
  });
});

describe('states', () => {
  it('of both directions stand in reading order, with cell states and gates', async () => {
    const handlers = await opened(bidirectional(scenarioProject('names')));
    const { cells, read } = await handlers.states({ input: { text: 'otto' } });
    expect(read).toHaveLength(4);
    expect(cells.map(({ layer, direction, units }) => [layer, direction, units])).toEqual(
      [
        ['bi.cell', 'forward', 5],
        ['bi.cell', 'backward', 5],
      ].map(([, direction, units]) => [cells[0]!.layer, direction, units]),
    );
    for (const { h, c, gates } of cells) {
      expect([h.length, c?.length, h[0]?.length]).toEqual([4, 4, 5]);
      expect(gates.map(({ gate }) => gate)).toEqual(['input', 'forget', 'output']);
      expect(gates.flatMap(({ values }) => values.flat()).every((value) => Number(value) > 0 && Number(value) < 1)).toBe(true);
    }
    // h = o tanh(c) at every place of both directions.
    for (const { h, c, gates } of cells) {
      const output = gates.at(-1)!.values;
      for (const [t, row] of h.entries())
        for (const [j, value] of row.entries()) expect(Number(value)).toBeCloseTo(Number(output[t]![j]) * Math.tanh(Number(c![t]![j])), 3);
    }
    // A forward state knows nothing of what comes after, a backward one nothing of what came before.
    const other = await handlers.states({ input: { text: 'otta' } });
    expect(other.cells[0]!.h.slice(0, 3)).toEqual(cells[0]!.h.slice(0, 3));
    expect(other.cells[1]!.h[0]).not.toEqual(cells[1]!.h[0]);
    const start = await handlers.states({ input: { text: 'atto' } });
    expect(start.cells[1]!.h.slice(1)).toEqual(cells[1]!.h.slice(1));
  });
});

describe('translation of a typed input', () => {
  const addition = (): Project => ({
    ...scenarioProject('names'),
    data: { source: 'builtin:addition', options: {}, split: { train: 0.8, validation: 0.1, test: 0.1, seed: 1 } },
    graph: graph(
      [
        node('x', 'tokens'),
        node('embed', 'embedding', { size: 8 }),
        node('enc', 'gru', { units: 12 }),
        node('dec', 'decoder', { units: 12, size: 8 }),
        node('head', 'softmax-head'),
      ],
      ['x -> embed', 'embed -> enc', 'enc.state -> dec', 'dec -> head'],
    ),
  });

  it('gives what the model writes, token by token with its probability', async () => {
    const handlers = await opened(addition(), 30);
    const input = { part: 'test', example: 0 } as const;
    const { text, tokens, ended, read } = await handlers.translate({ input });
    expect(read.length).toBeGreaterThan(2);
    // A sum is written from its last digit and read from its first.
    expect(text).toBe(
      tokens
        .map(({ token }) => token)
        .filter((token) => token !== '<end>')
        .reverse()
        .join(''),
    );
    expect(ended).toBe(tokens.at(-1)!.token === '<end>');
    const { answers } = await handlers.classify({ input });
    expect(answers.map(({ ranked }) => ({ token: ranked[0]!.class, probability: ranked[0]!.probability }))).toEqual(tokens);
  });

  it('is explained too: each written token hangs on the steps that were read, with the tokens before it as they were written', async () => {
    const handlers = await opened(addition(), 30);
    const input = { part: 'test', example: 0 } as const;
    const { tokens, read } = await handlers.translate({ input });
    const { absolute, answers } = await handlers.connectivity({ input });
    expect(answers.map(({ of, probability }) => ({ token: of, probability }))).toEqual(tokens);
    for (const row of absolute) {
      expect(row).toHaveLength(read.length);
      expect(row.every((value) => Number(value) > 0)).toBe(true);
    }
    const { cells } = await handlers.states({ input });
    expect(cells.map(({ node: id, h }) => [id, h.length])).toEqual([
      ['enc', read.length],
      ['dec', tokens.length],
    ]);
    const { value, at, answer } = await handlers.explain({ input });
    expect(at).toBe(tokens.length);
    const other = await handlers.explain({ input, of: answer.ranked[1]!.class });
    expect(Number(value) - Number(other.value)).toBeCloseTo(Math.log(Number(answer.ranked[0]!.probability) / Number(answer.ranked[1]!.probability)), 3);
  });

  it('needs a decoder', async () => {
    const handlers = await opened(scenarioProject('names'), 0);
    expect((await problemsOf(() => handlers.translate({ input: { text: 'anna' } }))).map(({ code }) => code)).toEqual(['U044']);
  });
});
