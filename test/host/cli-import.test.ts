import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildEngine, openCommandLine, type CommandLine } from './cli-fixture.ts';
import { latin1, opinionLines } from './labelled-corpus.ts';

let cli: CommandLine;

beforeAll(async () => {
  await buildEngine();
  cli = await openCommandLine();
});
afterAll(() => cli.close());

function lines(text: string): readonly Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Hourly numbers with a day's rhythm. */
function hours(count: number): string {
  const rows = Array.from({ length: count }, (_, hour) => {
    const time = new Date(Date.UTC(2024, 0, 1) + hour * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
    return `${time},${(20 + 5 * Math.sin((hour * Math.PI) / 12) + ((hour * 7919) % 13) / 13).toFixed(3)},x`;
  });
  return ['time,temperature,remark', ...rows].join('\n');
}

describe('two files of labelled lines in Latin-1', () => {
  const [good, bad] = [opinionLines(true, 5000, 1).join('\r\n'), opinionLines(false, 5000, 2).join('\r\n')];

  it('become a project that checks, trains with the built-in vectors and scores', async () => {
    await cli.write('good.txt', latin1(good));
    await cli.write('bad.txt', latin1(bad));
    const made = await cli.run(['new', '--class', 'positive=good.txt', '--class', 'negative=bad.txt', '-o', 'opinions.unroll']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('10,000 rows, Latin-1 (Windows-1252), task classify');
    expect(made.out).toContain('classes: negative 5000, positive 5000');

    const check = await cli.run(['check', 'opinions.unroll', '--json']);
    expect(JSON.parse(check.out)).toMatchObject({
      ok: true,
      data: { classes: ['negative', 'positive'], examples: { train: 8000, validation: 1000, test: 1000 } },
    });

    const trained = await cli.run(['train', 'opinions.unroll', '--json', '--epochs', '1', '--out', 'opinions.model.json']);
    expect(trained).toMatchObject({ code: 0, err: '' });
    const done = lines(trained.out).at(-1) as { test: { metric: string; score: number; baseline: number } };
    expect(done.test.metric).toBe('accuracy');
    expect(done.test.score).toBeGreaterThan(0.97);
    expect(done.test.baseline).toBeLessThan(0.55);

    const scored = await cli.run(['evaluate', 'opinions.model.json', '--json']);
    expect((JSON.parse(scored.out) as { score: number }).score).toBe(done.test.score);
    await cli.write('said.json', JSON.stringify({ texts: ['a wonderful café, if you ask me', 'the plot was dreadful'] }));
    const said = JSON.parse((await cli.run(['predict', 'opinions.model.json', '--input', 'said.json', '--json'])).out) as { outputs: number[][] };
    expect(said.outputs[0]?.[1]).toBeGreaterThan(0.9);
    expect(said.outputs[1]?.[0]).toBeGreaterThan(0.9);
  }, 120_000);

  it('that have changed or gone are named, and located again', async () => {
    await writeFile(join(cli.folder, 'bad.txt'), latin1(`${bad}\r\nanother awful line`));
    const changed = await cli.run(['check', 'opinions.unroll']);
    expect(changed.code).toBe(1);
    expect(changed.err).toMatch(/^U034 data\.source: The data "file:\." has changed since it was imported: it has \d+ bytes, and had \d+\. Locate it again/u);

    await mkdir(join(cli.folder, 'moved'), { recursive: true });
    for (const name of ['good.txt', 'bad.txt']) await rename(join(cli.folder, name), join(cli.folder, 'moved', name));
    expect((await cli.run(['train', 'opinions.unroll'])).err).toMatch(/^U033 .*There is no data at ".*good\.txt"\. Locate it/u);
    const located = await cli.run(['locate', 'opinions.unroll', 'moved/bad.txt', 'moved/good.txt', '--json']);
    expect(JSON.parse(located.out)).toEqual({ path: 'opinions.unroll', source: 'file:moved', same: false });
    const check = await cli.run(['check', 'opinions.unroll', '--json']);
    expect(JSON.parse(check.out)).toMatchObject({ ok: true, data: { classes: ['negative', 'positive'] } });
  }, 60_000);
});

describe('new --from-data', () => {
  it('makes a forecast of a table with dates, which trains against both naive forecasts', async () => {
    await cli.write('weather.csv', hours(1000));
    const made = await cli.run(['new', '--from-data', 'weather.csv', '-o', 'weather.unroll']);
    expect(made.out).toContain('columns: time (date), temperature (both), remark (ignore)');
    const trained = await cli.run(['train', 'weather.unroll', '--json', '--epochs', '2']);
    expect(trained).toMatchObject({ code: 0, err: '' });
    const { test } = lines(trained.out).at(-1) as { test: { metric: string; baselines: { name: string }[] } };
    expect(test.metric).toBe('rmse');
    const baselines = test.baselines.map(({ name }) => name);
    for (const name of ['naive: as it is now', 'seasonal naive: this hour a day ago']) expect(baselines).toContain(name);
  }, 60_000);

  it.each([
    ['a text, by characters', 'text.txt', 'It was the best of times, it was the worst of times.\n'.repeat(100), [], 'task language'],
    [
      'labelled lines of JSON',
      'lines.jsonl',
      Array.from({ length: 60 }, (_, n) => JSON.stringify({ said: `a ${n % 2 ? 'good' : 'bad'} day, number ${n}`, mood: n % 2 ? 'up' : 'down' })).join('\n'),
      [],
      'classes: down 30, up 30',
    ],
    [
      'rows of numbers with a class',
      'rows.tsv',
      ['a\tb\tkind', ...Array.from({ length: 90 }, (_, n) => `${n % 7}.5\t${n % 3}\t${'xyz'[n % 3]}`)].join('\n'),
      [],
      'classes: x 30, y 30, z 30',
    ],
    [
      'the texts of a column',
      'said.csv',
      ['who,said', ...Array.from({ length: 80 }, (_, n) => `p${n},"Well, ""yes"" and\nno, said number ${n} at last."`)].join('\n'),
      ['--task', 'language', '--option', 'unit=word'],
      'task language',
    ],
  ])(
    'makes a project of %s, which checks and trains',
    async (_, name, content, more, found) => {
      await cli.write(name, content);
      const made = await cli.run(['new', '--from-data', name, ...more, '-o', `${name}.unroll`]);
      expect(made).toMatchObject({ code: 0, err: '' });
      expect(made.out).toContain(found);
      expect(await cli.run(['check', `${name}.unroll`])).toMatchObject({ code: 0, err: '' });
      const trained = await cli.run(['train', `${name}.unroll`, '--steps', '3', '--json']);
      expect(trained).toMatchObject({ code: 0, err: '' });
      expect(lines(trained.out).at(-1)).toMatchObject({ event: 'done', steps: 3 });
    },
    60_000,
  );

  it('takes word vectors of the user, and a folder for each class', async () => {
    for (const [label, word] of [
      ['gut', 'schön'],
      ['schlecht', 'übel'],
    ] as const) {
      await mkdir(join(cli.folder, 'meinungen', label), { recursive: true });
      for (let n = 0; n < 20; n += 1) await cli.write(`meinungen/${label}/${n}.txt`, `Der Tag ${n} war ${word}.`);
    }
    await cli.write('vektoren.txt', 'schön 1 0 0\nübel -1 0 0\nder 0 1 0\ntag 0 0 1\n');
    const made = await cli.run(['new', '--from-data', 'meinungen', '--vectors', 'vektoren.txt', '-o', 'meinungen.unroll']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('word vectors: 4 of');
    expect(await cli.run(['check', 'meinungen.unroll'])).toMatchObject({ code: 0, err: '' });
    expect((await cli.run(['train', 'meinungen.unroll', '--steps', '3'])).code).toBe(0);
  }, 60_000);

  it.each([
    [['new', '--class', 'a=x.txt'], /^U050 One class leaves nothing to tell apart\./u],
    [['new', '--from-data', 'gone.csv'], /^U051 "gone\.csv" cannot be read/u],
    [['new', 'names', '--from-data', 'weather.csv'], /^U050 A scenario has data of its own\./u],
    [['new', '--from-data', 'weather.csv', '--task', 'guess'], /^U050 --task "guess"/u],
    [['new', '--from-data', 'weather.csv', '--option', 'window=5000'], /^U032 .*weather\.csv has 1000 rows; a window of 5000 and 1 ahead need 5001\./u],
    [['new', '--from-data', 'weather.csv', '--option', 'colour=red'], /^U004 .*has no option "colour"/u],
    [['new'], /^U050 "new" needs a scenario, or your own data\./u],
  ])('%j is refused in a sentence', async (args, sentence) => {
    const { code, err } = await cli.run(args);
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
  });
});

describe('from a table to answers', () => {
  it('says what is missing, finds the data of a model in another folder, and answers a table with the same columns', async () => {
    await cli.write('stove.csv', hours(200).replace(/^(2024-01-02 05:00),[\d.]+/mu, '$1,'));
    const made = await cli.run(['new', '--from-data', 'stove.csv', '-o', 'stove.unroll']);
    expect(made.out).toContain('missing: 1 in temperature; the number before is taken');
    expect(made.out).toContain('Train it with: unroll train stove.unroll --out stove.model.json\n');
    await mkdir(join(cli.folder, 'models'), { recursive: true });
    const model = 'models/stove.model.json';
    expect((await cli.run(['train', 'stove.unroll', '--steps', '5', '--out', model])).code).toBe(0);
    expect((await cli.run(['evaluate', model])).code).toBe(0);
    await cli.write('later.csv', hours(60));
    const answered = await cli.run(['predict', model, '--input', 'later.csv']);
    expect(answered).toMatchObject({ code: 0, err: 'Read the last 20 of 60 rows of later.csv: "temperature".\n' });
    expect(answered.out).toMatch(/^temperature, 1 row on\n-?\d+\.?\d*\n$/u);
    const ahead = await cli.run(['predict', model, '--input', 'later.csv', '--steps', '3']);
    expect(ahead.out.trim().split('\n')).toHaveLength(4);
  });
});
