import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEngine, jsonLines, openCommandLine, type CommandLine } from './cli-fixture.ts';

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
});
afterAll(() => cli.close());

const notThere = new URL('./no-such-worker.ts', import.meta.url);
const dying = new URL('../fixtures/workers/dies-in-training-worker.ts', import.meta.url);
const small = ['train', '--scenario', 'names', '--set', 'training.batchSize=16', '--json'];

const clearLine = `\r${String.fromCharCode(27)}[2K`;

function lastOf(lines: readonly Record<string, unknown>[]): Record<string, unknown> {
  return lines[lines.length - 1]!;
}

describe('train', () => {
  it('prints JSON lines as formats.md has them, to the file of metrics too, and writes the model', async () => {
    const ran = await cli.run([...small, '--steps', '60', '--out', 'm.model.json', '--metrics', 'm.jsonl']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const lines = jsonLines(ran);
    const progress = lines.find((line) => line['event'] === 'progress')!;
    expect(Object.keys(progress)).toEqual(['event', 'step', 'epoch', 'trainLoss', 'learningRate', 'gradientNorm', 'stepsPerSecond']);
    const done = lastOf(lines);
    expect(Object.keys(done)).toEqual(['event', 'steps', 'seconds', 'stepsPerSecond', 'test', 'model']);
    expect(done).toMatchObject({ event: 'done', steps: 60, model: 'm.model.json', test: { metric: 'accuracy', baseline: expect.any(Number) as number } });
    expect(await readFile(join(cli.folder, 'm.jsonl'), 'utf8')).toBe(ran.out);
    expect(JSON.parse(await readFile(join(cli.folder, 'm.model.json'), 'utf8'))).toMatchObject({
      format: 'unroll/model',
      project: { training: { batchSize: 16 } },
    });
  });

  it('gives the same numbers for the same seed, others for another, and writes no model unasked', async () => {
    const loss = async (seed: string) => {
      const done = lastOf(jsonLines(await cli.run([...small, '--steps', '5', '--seed', seed])));
      expect(done['model']).toBeNull();
      return (done['test'] as { loss: number }).loss;
    };
    const first = await loss('3');
    expect(await loss('3')).toBe(first);
    expect(await loss('4')).not.toBe(first);
  });

  it('ends after the seconds it was given, and tells of every validation in plain words', async () => {
    const ran = await cli.run(['train', '--scenario', 'names', '--seconds', '0.5']);
    expect(ran.code).toBe(0);
    const lines = ran.out.trim().split('\n');
    expect(lines.at(-3)).toMatch(/^macro F1 [\d.]+ % {2}majority class macro F1 [\d.]+ %$/u);
    expect(lines.at(-2)).toMatch(/^\d+ steps in 0\.\d s, \d+ steps\/s$/u);
    expect(lines.at(-1)).toMatch(/^test accuracy [\d.]+ % {2}loss [\d.]+ {2}baseline accuracy [\d.]+ %$/u);
    expect(ran.err).toMatch(/^epoch \d+ {2}step \d+\/\d+ {2}loss /u);
  });

  it('tells of each validation with the number of passes it was given', async () => {
    const lines = jsonLines(await cli.run([...small, '--epochs', '1', '--set', 'training.batchSize=256']));
    const validations = lines.filter((line) => line['event'] === 'validation');
    expect(validations).toHaveLength(1);
    expect(Object.keys(validations[0] ?? {})).toEqual(['event', 'step', 'loss', 'metric', 'score', 'measures']);
  });

  it('draws a bar on a terminal and takes it away before it prints', async () => {
    let err = '';
    const errors = { write: (text: string) => void (err += text), isTerminal: true, columns: 60 };
    await cli.run([...small, '--steps', '40'], { errors });
    expect(err.slice(clearLine.length)).toMatch(/^\[[#.]{24}\] epoch /u);
    expect(err.endsWith(clearLine)).toBe(true);
    for (const drawn of err.split(clearLine)) expect(drawn.length).toBeLessThan(60);
  });

  it('stops at a number that is not finite, names layer, step and quantity, exit 1', async () => {
    const ran = await cli.run([...small, '--set', 'training.optimizer={"kind":"sgd","learningRate":1e30}', '--set', 'training.clip.kind=none']);
    expect(ran.code).toBe(1);
    const [stopped, checkpoint] = jsonLines(ran).slice(-2);
    expect(Object.keys(stopped!)).toEqual(['event', 'reason', 'layer', 't', 'quantity']);
    expect(stopped).toMatchObject({ event: 'stopped', reason: 'non-finite' });
    expect(ran.err.trim().split('\n')).toHaveLength(1);
    expect(checkpoint).toEqual({ event: 'checkpoint', path: 'Names.checkpoint' });
    const mended = ['--set', 'training.optimizer={"kind":"sgd","learningRate":0.01}', '--steps', '20', '--resume', 'Names.checkpoint'];
    expect(lastOf(jsonLines(await cli.run([...small, ...mended])))).toMatchObject({ event: 'done', steps: 20 });
  });

  it('at Ctrl-C takes the score, saves a checkpoint, says where, and goes on from it', async () => {
    let interrupt = (): void => {};
    const errors = { write: () => interrupt(), isTerminal: true, columns: 80 };
    const onInterrupt = (listener: () => void) => {
      interrupt = listener;
      return () => (interrupt = () => {});
    };
    const ran = await cli.run(['train', '--scenario', 'names', '--json'], { errors, onInterrupt });
    expect(ran.code).toBe(130);
    const [checkpoint, done] = jsonLines(ran).slice(-2);
    expect(checkpoint).toEqual({ event: 'checkpoint', path: 'Names.checkpoint' });
    expect(done).toMatchObject({ event: 'done', model: null });
    expect(await readdir(cli.folder)).toContain('Names.checkpoint');
    const steps = Number(done!['steps']) + 3;
    const goOn = ['train', '--scenario', 'names', '--json', '--steps', String(steps)];
    const resumed = lastOf(jsonLines(await cli.run([...goOn, '--resume', 'Names.checkpoint'])));
    const uninterrupted = lastOf(jsonLines(await cli.run(goOn)));
    expect(resumed).toMatchObject({ event: 'done', steps, test: uninterrupted['test'] });

    await cli.run(['train', '--scenario', 'names', '--json'], { errors, onInterrupt });
    expect(await readdir(cli.folder)).toContain('Names.checkpoint.previous');
  });

  it('refuses a checkpoint that is damaged, of another project, or not there', async () => {
    let interrupt = (): void => {};
    const onInterrupt = (listener: () => void) => {
      interrupt = listener;
      return () => (interrupt = () => {});
    };
    const errors = { write: () => interrupt(), isTerminal: true, columns: 80 };
    await cli.run(['train', '--scenario', 'names', '--json'], { errors, onInterrupt });
    const resume = (path: string, scenario = 'names') => cli.run(['train', '--scenario', scenario, '--resume', path, '--steps', '9999']);
    expect((await resume('Names.checkpoint', 'forecast')).err).toMatch(/^U043 .*other names or shapes/u);
    const bytes = await readFile(join(cli.folder, 'Names.checkpoint'));
    await writeFile(join(cli.folder, 'short.checkpoint'), bytes.subarray(0, bytes.length - 100));
    expect(await resume('short.checkpoint')).toMatchObject({ code: 1, err: expect.stringMatching(/^U042 .*checksum/u) as string });
    expect(await resume('nowhere.checkpoint')).toMatchObject({ code: 1, err: expect.stringMatching(/^U051 /u) as string });
  });

  it('refuses a setting outside its bounds with its path, and a folder that is not there, before it trains', async () => {
    const wrong = await cli.run([...small, '--set', 'training.optimizer.learningRate=-1']);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toMatch(/^U040 training\.optimizer\.learningRate/u);
    const idle = await cli.run([...small, '--set', 'training.optimizer.momentum=0.9']);
    expect(idle).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^U040 training\.optimizer\.momentum: Adam has no momentum/u) as string });
    const nowhere = await cli.run([...small, '--out', 'no/such/m.model.json']);
    expect(nowhere).toMatchObject({ code: 1, out: '' });
    expect(nowhere.err).toMatch(/^U051 /u);
  });

  it('is a bug, exit 2, when the engine dies; nothing hangs', async () => {
    const missing = await cli.run(small, { engine: { worker: notThere, engineDirectory: '/nowhere' } });
    expect(missing).toMatchObject({ code: 2, out: '' });
    const died = await cli.run(small, { engine: { worker: dying, engineDirectory: '/nowhere' } });
    expect(died.code).toBe(2);
    expect(died.err).toMatch(/^U060 .*out of bounds memory access/u);
    expect(jsonLines(died).map((line) => line['event'])).toEqual(['progress']);
  });
});
