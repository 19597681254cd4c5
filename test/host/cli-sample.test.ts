import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyProject } from '../../src-engine/document/defaults.ts';
import { chain, node } from '../../src-engine/scenarios/build-graph.ts';
import { buildEngine, jsonLines, openCommandLine, type CommandLine } from './cli-fixture.ts';

function project(unit: 'character' | 'word'): string {
  const nodes = [
    node({ id: 'text', kind: 'tokens', x: 0, y: 0 }),
    node({ id: 'embed', kind: 'embedding', x: 0, y: 0, params: { size: 16, vectors: 'random', trainable: true } }),
    node({ id: 'lstm1', kind: 'lstm', x: 0, y: 0, params: { units: 24 } }),
    node({ id: 'head', kind: 'softmax-head', x: 0, y: 0 }),
  ];
  const options = unit === 'word' ? { unit, vocabulary: 300, length: 8 } : { unit, length: 16 };
  return JSON.stringify({
    ...emptyProject('text'),
    graph: chain(nodes, ['text', 'embed', 'lstm1', 'head']),
    data: { source: 'builtin:moby-dick', options, split: { train: 0.98, validation: 0.01, test: 0.01, seed: 1 } },
  });
}

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
  for (const unit of ['character', 'word'] as const) {
    const path = await cli.write(`${unit}.unroll`, project(unit));
    const trained = await cli.run(['train', path, '--steps', '60', '--set', 'training.batchSize=8', '--out', `${unit}.model.json`]);
    if (trained.code !== 0) throw new Error(trained.err);
  }
  const trained = await cli.run(['train', '--scenario', 'names', '--steps', '2', '--out', 'names.model.json']);
  if (trained.code !== 0) throw new Error(trained.err);
});
afterAll(() => cli.close());

const sampled = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
  const ran = await cli.run(['sample', ...args, '--json']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  return jsonLines(ran)[0] ?? {};
};

describe('sample', () => {
  it('goes on from the prompt, and says how fast', async () => {
    const said = await sampled('character.model.json', '--prompt', 'Call me ', '--length', '40', '--temperature', '0.7', '--top-k', '5', '--seed', '3');
    expect(said).toMatchObject({ prompt: 'Call me ', length: 40, temperature: 0.7, topK: 5, seed: 3, unknown: [] });
    expect(said['text']).toHaveLength(40);
    expect(said['stepsPerSecond']).toBeGreaterThan(100);
  });

  it('writes the same text for the same seed, another for another, and prints the prompt before it', async () => {
    const text = async (seed: string): Promise<string> =>
      (await cli.run(['sample', 'character.model.json', '--prompt', 'The sea', '--length', '60', '--seed', seed])).out;
    const first = await text('4');
    expect(first).toBe(await text('4'));
    expect(first).not.toBe(await text('5'));
    expect(first).toMatch(/^The sea/u);
    expect(Array.from(first)).toHaveLength(7 + 60 + 1);
  });

  it('temperature 0 draws nothing: the seed plays no role', async () => {
    const greedy = (seed: string) => sampled('word.model.json', '--temperature', '0', '--seed', seed, '--length', '10');
    expect((await greedy('1'))['text']).toBe((await greedy('2'))['text']);
  });

  it('words come with spaces and marks where they belong; an unknown one is said', async () => {
    const ran = await cli.run(['sample', 'word.model.json', '--prompt', 'the qwertz whale', '--length', '30']);
    expect(ran.code).toBe(0);
    expect(ran.err).toBe('The model does not know "qwertz".\n');
    expect(ran.out).toMatch(/^the qwertz whale/u);
    expect(ran.out).not.toMatch(/ [.,;]|<unk>/u);
  });

  it('gives no orders to the terminal that a model file holds', async () => {
    const text = await readFile(join(cli.folder, 'word.model.json'), 'utf8');
    const path = await cli.write('orders.model.json', text.replaceAll('"the"', '"\\u001b[31mthe"'));
    const ran = await cli.run(['sample', path, '--length', '60']);
    expect(ran.out).toContain('\uFFFD[31mthe');
    expect(ran.out).not.toContain('\u001b');
    const ranked = await cli.run(['predict', path, '--input', await cli.write('texts.json', '{"texts":["of"]}')]);
    expect(ranked.out).not.toContain('\u001b');
  });

  it.each([
    [['character.model.json', '--prompt', 'a\u0007b✓'], /^U044 .*"\\u0007", "✓".* never read/u],
    [['names.model.json'], /^U044 This model does not say what comes next/u],
    [['character.model.json', '--temperature', '-1'], /^U050 --temperature "-1"/u],
    [['character.model.json', '--top-k', '0'], /^U050 --top-k "0"/u],
    [['character.model.json', '--length', 'long'], /^U050 --length "long"/u],
    [['missing.model.json'], /^U051 /u],
  ])('refuses %j in a sentence', async (args, sentence) => {
    const ran = await cli.run(['sample', ...args]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(sentence);
  });
});

describe('predict with a model of words', () => {
  it('ranks what comes next', async () => {
    const input = await cli.write('texts.json', '{"texts":["the boy crossed the ___","of the"]}');
    const ran = await cli.run(['predict', 'word.model.json', '--input', input, '--json']);
    const said = jsonLines(ran)[0] as {
      outputs: number[][][];
      classes: string[];
      next: { places: { before: string; candidates: { token: string; probability: number }[] }[] }[];
    };
    expect(said.outputs.map((steps) => steps.length)).toEqual([4, 2]);
    expect(said.next.map(({ places }) => places[0]!.before)).toEqual(['the boy crossed the', 'of the']);
    const { candidates } = said.next[0]!.places[0]!;
    expect(candidates).toHaveLength(10);
    const row = said.outputs[0]!.at(-1)!;
    expect(candidates[0]!.probability).toBe(Math.max(...row.slice(1)));
    expect(said.classes[row.indexOf(candidates[0]!.probability)]).toBe(candidates[0]!.token);
  });

  it('prints them in words', async () => {
    const ran = await cli.run(['predict', 'word.model.json', '--input', await cli.write('texts.json', '{"texts":["of the"]}')]);
    expect(ran.out).toMatch(/^of the ___: \S+ \d+\.\d %, /u);
  });
});
