import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';

let cli: CommandLine;
beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
});
afterAll(() => cli.close());

async function run(...args: readonly string[]): Promise<string> {
  const ran = await cli.run(args);
  expect(ran).toMatchObject({ code: 0 });
  return ran.out;
}

describe('predict --steps', () => {
  it('goes on with a series of a CSV file: the first step is the plain answer, the second what is answered to it', async () => {
    const rows = Array.from({ length: 200 }, (_, row) => (20 + 5 * Math.sin(row / 5)).toFixed(3));
    const path = await cli.write('waves.csv', `height\n${rows.join('\n')}\n`);
    await run('new', '--from-data', path, '--task', 'forecast', '--option', 'window=10', '-o', 'waves.unroll');
    await run('train', 'waves.unroll', '--steps', '60', '--out', 'waves.model.json');
    const window = rows.slice(-10).map((value) => [Number(value)]);
    const input = await cli.write('window.json', JSON.stringify({ sequences: [window] }));
    const forecast = JSON.parse(await run('predict', 'waves.model.json', '--input', input, '--steps', '3', '--json')) as {
      outputs: number[][][];
      columns: string[];
      held: string[];
    };
    const [first = [], second = []] = forecast.outputs[0] ?? [];
    expect([forecast.columns, forecast.outputs[0]?.length, forecast.held]).toEqual([['height'], 3, []]);
    const plain = JSON.parse(await run('predict', 'waves.model.json', '--input', input, '--json')) as { outputs: number[][] };
    expect(first[0]).toBeCloseTo(plain.outputs[0]![0]!, 4);
    const moved = await cli.write('moved.json', JSON.stringify({ sequences: [[...window.slice(1), first]] }));
    const after = JSON.parse(await run('predict', 'waves.model.json', '--input', moved, '--json')) as { outputs: number[][] };
    expect(second[0]).toBeCloseTo(after.outputs[0]![0]!, 3);
    const text = await run('predict', 'waves.model.json', '--input', input, '--steps', '3');
    expect(text.trim().split('\n')).toHaveLength(4);
  });

  it('refuses columns it would have to guess by name, and says with --hold which it held', async () => {
    await run('train', '--scenario', 'seattle', '--steps', '20', '--out', 'seattle.model.json');
    const input = await cli.write('days.json', JSON.stringify({ sequences: [Array.from({ length: 14 }, (_, day) => [day, 0.5, 0.2])] }));
    const refused = await cli.run(['predict', 'seattle.model.json', '--input', input, '--steps', '2']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('U045') as string]);
    expect(refused.err).toContain('"season, sine", "season, cosine"');
    expect(await run('predict', 'seattle.model.json', '--input', input, '--steps', '2', '--hold')).toMatch(
      /^held at their last value: season, sine \| season, cosine\n/u,
    );
    const alone = await cli.run(['predict', 'seattle.model.json', '--input', input, '--hold']);
    expect([alone.code, alone.err]).toEqual([1, expect.stringContaining('U050') as string]);
  });
});

describe('a model that reads a vector', () => {
  it('is checked, trained, scored, asked and exported', async () => {
    await run('new', 'sine', '-o', 'sine.unroll');
    expect(await run('check', 'sine.unroll')).toMatch(/wave +vector +B x 2 /u);
    await run('train', '--scenario', 'sine', '--steps', '20', '--out', 'sine.model.json');
    const input = await cli.write('sine.json', '{"vectors":[[1.5,0.25],[2,0]]}');
    const { outputs } = JSON.parse(await run('predict', 'sine.model.json', '--input', input, '--json')) as { outputs: number[][][] };
    expect(outputs.map((steps) => [steps.length, steps[0]?.length])).toEqual([
      [40, 1],
      [40, 1],
    ]);
    const exported = JSON.parse(await run('export', 'sine.model.json', '--to', 'json', '-o', 'again.json', '--json')) as Record<string, unknown>;
    expect(exported).toMatchObject({ verified: true });
    expect(exported['largestDifference']).toBeLessThan(1e-5);
    expect(JSON.parse(await run('evaluate', 'sine.model.json', '--json'))).toMatchObject({ metric: 'rmse' });
  });

  it('names the class of a row of numbers', async () => {
    await run('train', '--scenario', 'one-to-one', '--out', 'penguins.model.json');
    const input = await cli.write('penguins.json', '{"vectors":[[39.1,18.7,181,3750],[50,15,220,5500]]}');
    const { outputs, classes } = JSON.parse(await run('predict', 'penguins.model.json', '--input', input, '--json')) as {
      outputs: number[][];
      classes: string[];
    };
    expect(outputs.map((shares) => classes[shares.indexOf(Math.max(...shares))])).toEqual(['Adelie', 'Gentoo']);
  });
});
