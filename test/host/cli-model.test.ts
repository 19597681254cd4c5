import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
  const trained = await cli.run(['train', '--scenario', 'names', '--steps', '80', '--out', 'm.model.json', '--json']);
  if (trained.code !== 0) throw new Error(trained.err);
  await cli.run(['new', 'names', '-o', 'mine.unroll']);
});
afterAll(() => cli.close());

async function json(args: readonly string[], input = ''): Promise<Record<string, unknown>> {
  const ran = await cli.run([...args, '--json'], { readInput: () => Promise.resolve(new TextEncoder().encode(input)) });
  expect(ran).toMatchObject({ code: 0, err: '' });
  expect(ran.out.endsWith('\n')).toBe(true);
  expect(ran.out.trim()).not.toContain('\n');
  return JSON.parse(ran.out) as Record<string, unknown>;
}

describe('check', () => {
  it('lists the nodes with shape and parameters', async () => {
    const checked = await json(['check', 'mine.unroll']);
    expect(Object.keys(checked)).toEqual(['ok', 'nodes', 'parameters', 'data', 'problems']);
    const nodes = checked['nodes'] as { id: string; parameters: number }[];
    expect(nodes.find((node) => node.id === 'rnn1')).toEqual({ id: 'rnn1', kind: 'rnn', output: 'B x T x 64', parameters: 64 * 16 + 64 * 64 + 64 });
    expect(checked['parameters']).toBe(nodes.reduce((sum, node) => sum + node.parameters, 0));
  });
});

describe('predict', () => {
  it('answers each text with the probabilities of the classes', async () => {
    const answered = await json(['predict', 'm.model.json', '--input', '-'], '{"texts":["anna","bob","x"]}');
    expect(Object.keys(answered)).toEqual(['outputs', 'classes']);
    const outputs = answered['outputs'] as number[][];
    expect(outputs).toHaveLength(3);
    for (const output of outputs) expect(output.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
  });

  it('answers the lines of a text and the column of a table, with the likeliest class in front', async () => {
    await cli.write('names.txt', 'anna\nbob\n');
    const lines = await cli.run(['predict', 'm.model.json', '--input', 'names.txt']);
    expect(lines).toMatchObject({ code: 0, err: 'Read 2 lines of names.txt, each as one text.\n' });
    expect(lines.out).toMatch(/^likeliest +female +male +text\n(?:fe)?male +[\d.]+ % +[\d.]+ % +anna\n(?:fe)?male +[\d.]+ % +[\d.]+ % +bob\n$/u);
    await cli.write('names.csv', 'text,id\nanna,1\nbob,2\n');
    expect((await cli.run(['predict', 'm.model.json', '--input', 'names.csv'])).out).toBe(lines.out);
  });

  it('says with --explain what each character did to the likeliest class', async () => {
    const input = '{"texts":["anna","b\u00f6b"]}';
    const answered = await json(['predict', 'm.model.json', '--input', '-', '--explain'], input);
    expect(Object.keys(answered)).toEqual(['outputs', 'classes', 'explanations']);
    const [first, second] = answered['explanations'] as { of: string; read: { text: string; known: boolean }[]; contributions: number[] }[];
    const outputs = answered['outputs'] as number[][];
    expect(first?.of).toBe(outputs[0]![0]! > outputs[0]![1]! ? 'female' : 'male');
    expect(first?.contributions).toHaveLength(4);
    expect(second?.read).toEqual([
      { text: 'b', known: true },
      { text: 'ö', known: false },
      { text: 'b', known: true },
    ]);
    const plain = await cli.run(['predict', 'm.model.json', '--input', await cli.write('explain.json', input), '--explain']);
    expect(plain.out.trim().split('\n').at(-2)).toMatch(/^(fe)?male: a [+-][\d.]+ {2}n [+-][\d.]+ {2}n [+-][\d.]+ {2}a [+-][\d.]+$/u);
  });

  it.each(['', '{"texts":"anna"}', '{"sequences":[[[1]]]}', '{"texts":[""]}', '[]'])('refuses the input %s with a problem', async (input) => {
    const ran = await cli.run(['predict', 'm.model.json', '--input', await cli.write('input.json', input)]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^U\d{3} /u);
  });
});

describe('evaluate', () => {
  it('scores the test split of the data the model names', async () => {
    expect(await json(['evaluate', 'm.model.json'])).toMatchObject({
      metric: 'accuracy',
      score: expect.any(Number) as number,
      loss: expect.any(Number) as number,
    });
  });

  it('gives loss, outputs and score of a batch', async () => {
    const batch = await cli.write('batch.json', '{"texts":["anna","bob"],"targets":["female",1]}');
    const result = await json(['evaluate', 'm.model.json', '--batch', batch]);
    expect(Object.keys(result)).toEqual(['loss', 'outputs', 'metric', 'score', 'count', 'measures']);
    expect(result['outputs']).toEqual((await json(['predict', 'm.model.json', '--input', batch]))['outputs']);
  });

  it('says what is wrong with a batch', async () => {
    const ran = await cli.run(['evaluate', 'm.model.json', '--batch', await cli.write('batch.json', '{"texts":["anna"],"targets":["neither"]}')]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^U\d{3} .*neither/u);
  });
});

describe('gradients', () => {
  it('prints norms, flow, copies and a diagnosis; of a project too', async () => {
    for (const file of ['m.model.json', 'mine.unroll']) {
      const measured = await json(['gradients', file]);
      expect(Object.keys(measured)).toEqual(['loss', 'gradientNorm', 'flow', 'copyGradient', 'diagnosis']);
      const [diagnosis] = measured['diagnosis'] as object[];
      expect(Object.keys(diagnosis!)).toEqual(['layer', 'direction', 'factorPerStep', 'halfLife', 'verdict']);
      const norms = measured['gradientNorm'] as { values: number[] }[];
      const copies = measured['copyGradient'] as { parameter: string; values: number[] }[];
      // The head answers once, at the end: its weights have one copy.
      for (const { parameter, values } of copies) expect(values).toHaveLength(parameter.startsWith('head.') ? 1 : norms[0]!.values.length);
    }
  });

  it('adds the parameters when it is asked to', async () => {
    const batch = await cli.write('batch.json', '{"texts":["anna","bob"],"targets":[0,1]}');
    const measured = await json(['gradients', 'm.model.json', '--batch', batch, '--parameters']);
    const parameters = measured['parameters'] as Record<string, { shape: number[]; data: number[][] }>;
    expect(parameters['rnn1.weight_hh']).toMatchObject({ shape: [64, 64] });
    expect(parameters['rnn1.weight_hh']?.data[63]).toHaveLength(64);
  });

  it('follows a chosen loss step only where there is one', async () => {
    const ran = await cli.run(['gradients', 'm.model.json', '--loss', '9999']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^U050 --loss 9999/u);
  });
});

describe('export', () => {
  it('writes the model, reads it back, runs both and prints the largest difference', async () => {
    const exported = await json(['export', 'm.model.json', '--to', 'json', '-o', 'copy.model.json', '--arrays']);
    const ran = { verified: true, examples: 32, ranBy: 'Unroll and unroll-runtime' };
    expect(exported).toEqual({ path: 'copy.model.json', format: 'json', ...ran, largestDifference: expect.any(Number) as number });
    expect(exported['largestDifference']).toBeLessThan(1e-5);
    const copy = JSON.parse(await readFile(join(cli.folder, 'copy.model.json'), 'utf8')) as { parameters: Record<string, { data: unknown }> };
    expect(Array.isArray(copy.parameters['rnn1.bias']?.data)).toBe(true);
    expect(await json(['evaluate', 'copy.model.json'])).toEqual(await json(['evaluate', 'm.model.json']));
  });

  it('gives ONNX to ONNX Runtime, and safetensors to the engine, and both answer as the model does', async () => {
    for (const [format, ranBy] of [
      ['onnx', 'ONNX Runtime'],
      ['safetensors', 'Unroll'],
    ] as const) {
      const exported = await json(['export', 'm.model.json', '--to', format, '-o', `m.${format}`]);
      expect(exported).toMatchObject({ path: `m.${format}`, format, verified: true, examples: 32, ranBy });
      expect(exported['largestDifference']).toBeLessThan(1e-5);
      expect((await stat(join(cli.folder, `m.${format}`))).size).toBeGreaterThan(4 * 64 * 64);
    }
  });

  it('compares on made-up examples where the data is not there', async () => {
    const model = JSON.parse(await readFile(join(cli.folder, 'm.model.json'), 'utf8')) as { project: object };
    await cli.write('alone.model.json', JSON.stringify({ ...model, project: { ...model.project, data: null } }));
    expect(await json(['export', 'alone.model.json', '--to', 'onnx', '-o', 'alone.onnx'])).toMatchObject({ verified: true, examples: 16 });
  });

  it('leaves no file where the model cannot be read', async () => {
    const broken = await cli.write('broken.model.json', (await readFile(join(cli.folder, 'm.model.json'), 'utf8')).replace('rnn1.bias', 'rnn1.biases'));
    const ran = await cli.run(['export', broken, '--to', 'json', '-o', 'never.model.json']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^U04\d /u);
    await expect(readFile(join(cli.folder, 'never.model.json'))).rejects.toThrow('ENOENT');
  });
});
