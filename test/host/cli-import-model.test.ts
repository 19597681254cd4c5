import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';

const IMPORTS = join(import.meta.dirname, '../golden/imports');

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
  for (const file of ['last-step.onnx', 'last-step.safetensors', 'steps-first.safetensors']) await copyFile(join(IMPORTS, file), join(cli.folder, file));
});
afterAll(() => cli.close());

async function json(words: readonly string[]): Promise<Record<string, unknown>> {
  const ran = await cli.run([...words, '--json']);
  expect(ran).toMatchObject({ code: 0, err: '' });
  return JSON.parse(ran.out) as Record<string, unknown>;
}

describe('import', () => {
  it('makes a model file of an ONNX model, which answers as the file did', async () => {
    expect(await json(['import', 'last-step.onnx', '-o', 'mine.model.json'])).toEqual({ path: 'mine.model.json', nodes: 5, parameters: 210, notes: [] });
    const { x, y } = JSON.parse(await readFile(join(IMPORTS, 'last-step.json'), 'utf8')) as { x: number[][][]; y: number[][] };
    await cli.write('x.json', JSON.stringify({ sequences: x }));
    const { outputs } = await json(['predict', 'mine.model.json', '--input', 'x.json']);
    for (const [row, answer] of (outputs as number[][]).entries())
      for (const [column, value] of answer.entries()) expect(value).toBeCloseTo(y[row]![column]!, 5);
  });

  it('puts weights into a drawing, and says where each came from', async () => {
    const said = await json(['import', 'last-step.safetensors', '--into', 'mine.model.json', '-o', 'again.model.json']);
    expect(said['notes']).toContain('gru2.bias: gru.bias_ih_l1 + gru.bias_hh_l1');
    const parameters = async (file: string): Promise<unknown> =>
      (JSON.parse(await readFile(join(cli.folder, file), 'utf8')) as { parameters: unknown }).parameters;
    expect(await parameters('again.model.json')).toEqual(await parameters('mine.model.json'));
  });

  it('says what does not fit, and what it cannot read', async () => {
    const misfit = await cli.run(['import', 'steps-first.safetensors', '--into', 'mine.model.json', '-o', 'never.model.json']);
    expect(misfit).toMatchObject({ code: 1, out: '' });
    expect(misfit.err).toMatch(/^U043 node "gru1": gru1\.weight_ih is 12 x 2 in the project, and rnn\.weight_ih_l0 is 4 x 2 in the file\./u);
    const alone = await cli.run(['import', 'last-step.safetensors', '-o', 'never.model.json']);
    expect(alone.err).toMatch(/^U048 This file holds weights alone/u);
    await cli.write('pickle.pt', 'PK\u0003\u0004');
    expect((await cli.run(['import', 'pickle.pt', '-o', 'never.model.json'])).err).toMatch(/^U048 This file is an archive/u);
    await cli.write('text.onnx', 'no model at all');
    expect((await cli.run(['import', 'text.onnx', '-o', 'never.model.json'])).err).toMatch(/^U042 The ONNX file cannot be read/u);
  });

  it('a model goes out with its runtime beside it', async () => {
    const said = await json(['export', 'mine.model.json', '--to', 'json', '--runtime', '-o', 'out.model.json']);
    expect(said).toMatchObject({ path: 'out.model.json', verified: true, ranBy: 'Unroll and unroll-runtime' });
    expect(await readFile(join(cli.folder, 'unroll-runtime.md'), 'utf8')).toContain('# Running out.model.json');
    expect(await readFile(join(cli.folder, 'unroll-runtime.js'), 'utf8')).toContain('export { ');
  });
});
