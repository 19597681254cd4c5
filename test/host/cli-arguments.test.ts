import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { COMMANDS } from '../../src-main/cli/commands.ts';
import { openCommandLine, type CommandLine } from './cli-fixture.ts';

let cli: CommandLine;
beforeAll(async () => {
  cli = await openCommandLine();
});
afterAll(() => cli.close());

describe('a command used wrongly', () => {
  it.each([
    ['an unknown command', ['fly']],
    ['an unknown command', ['fly']],
    ['an unknown option', ['check', '--colour', 'a.unroll']],
    ['an option without its value', ['train', '--scenario']],
    ['an option in place of a value', ['train', '--out', '--json']],
    ['a value for a flag', ['scenarios', '--json=yes']],
    ['a missing word', ['check']],
    ['a word too many', ['check', 'a.unroll', 'b.unroll']],
    ['a missing option', ['predict', 'a.model.json']],
    ['no project', ['train']],
    ['two projects', ['train', 'a.unroll', '--scenario', 'names']],
    ['two limits', ['train', '--scenario', 'names', '--steps', '1', '--epochs', '1']],
    ['no whole number', ['train', '--scenario', 'names', '--steps', '1.5']],
    ['no steps', ['train', '--scenario', 'names', '--steps', '0']],
    ['a negative number', ['train', '--scenario', 'names', '--seconds', '-1']],
    ['an unknown template', ['new', 'nothing']],
    ['an unknown format', ['export', 'a.model.json', '--to', 'word', '-o', 'x']],
    ['a loss step that is none', ['gradients', 'a.unroll', '--loss', '0']],
    ['a port that is none', ['serve', '--port', '99999']],
    ['a setting that is none', ['train', '--scenario', 'names', '--set', 'training.lr=1']],
    ['a setting outside training', ['train', '--scenario', 'names', '--set', 'name=x']],
    ['a setting of the prototype', ['train', '--scenario', 'names', '--set', 'training.__proto__.x=1']],
    ['a setting without a value', ['train', '--scenario', 'names', '--set', 'training.epochs']],
  ])('%s is U050 with a fix, on one line of standard error, exit 1', async (_what, args) => {
    const ran = await cli.run(args);
    expect(ran.code).toBe(1);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(/^U050 [^\n]+\. [^\n]+\n$/u);
  });

  it('names the commands there are, and the options', async () => {
    const { err } = await cli.run(['fly']);
    for (const { name } of COMMANDS) expect(err).toContain(name);
    expect((await cli.run(['check', '--colour'])).err).toContain('--json');
  });

  it.each([
    [['hepl'], 'Is help meant?'],
    [['train', '--scenario', 'names', '--stpes', '3'], 'Is --steps meant?'],
    [['train', '--scenario', 'names', '--set', 'optimizer.learningRate=1'], 'Is training.optimizer.learningRate meant?'],
    [['train', '--scenario', 'names', '--set', 'training.optimizer.learningrate=1'], 'Is training.optimizer.learningRate meant?'],
    [['new', 'forcast'], 'Is forecast meant?'],
    [['new', 'Next character'], 'Is next-character meant?'],
    [['check'], '"check" needs FILE.'],
  ])('%s: names what was meant', async (args, said) => {
    const { code, err } = await cli.run(args);
    expect([code, err]).toEqual([1, expect.stringContaining(said) as string]);
  });

  it('asks for nothing that is not near', async () => {
    expect((await cli.run(['fly'])).err).not.toContain('meant');
    expect((await cli.run(['check', '--colour'])).err).not.toContain('meant');
  });

  it.each([
    ['train', 'sales.csv'],
    ['check', 'sales.csv'],
    ['new', 'sales.csv'],
    ['evaluate', 'sales.csv'],
    ['import', 'sales.csv', '-o', 'x.model.json'],
  ])('%s %s: data in the place of a project is told the way', async (...args) => {
    const { code, err } = await cli.run(args);
    expect([code, err]).toEqual([1, expect.stringContaining('Make one of it first: unroll new --from-data sales.csv -o sales.unroll.') as string]);
  });

  it('a template in the place of a file is told the option', async () => {
    expect((await cli.run(['train', 'forecast'])).err).toContain('Train it with --scenario forecast');
  });

  it('shows the help when it is given nothing', async () => {
    const ran = await cli.run([]);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain('gradients');
  });
});

it('shows help on standard output when it is asked for', async () => {
  expect(await cli.run(['--help'])).toMatchObject({ code: 0, err: '' });
  const train = await cli.run(['train', '-h']);
  expect(train).toMatchObject({ code: 0, err: '' });
  expect(train.out).toContain('--metrics FILE.jsonl');
  expect(await cli.run(['help', 'train'])).toEqual(train);
  expect((await cli.run(['help'])).out).toContain('unroll new --from-data sales.csv -o sales.unroll');
});

it('says in one sentence, with exit 2, that a bug is a bug', async () => {
  const ran = await cli.run(['serve'], { serve: () => Promise.reject(new TypeError('x is not a function\n  at line 1')) });
  expect(ran).toEqual({ code: 2, out: '', err: 'Something inside Unroll failed (TypeError: x is not a function); your files are unchanged.\n' });
});

describe('scenarios', () => {
  it('prints one JSON list and nothing else', async () => {
    const ran = await cli.run(['scenarios', '--json']);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const [first] = SCENARIOS;
    expect(JSON.parse(ran.out)).toContainEqual({
      id: first?.id,
      name: first?.title,
      shape: first?.shape,
      dataset: first?.dataset,
      expectedScore: first?.score,
    });
  });

  it('prints a table', async () => {
    const { out } = await cli.run(['scenarios']);
    expect(out.split('\n')[0]).toMatch(/^id +name +shape +dataset +expected score$/u);
    expect(out).toMatch(/^sentiment /mu);
  });
});

describe('new', () => {
  it('writes a template to a file', async () => {
    const ran = await cli.run(['new', 'names', '-o', 'mine.unroll', '--json']);
    expect(ran).toEqual({ code: 0, out: '{"path":"mine.unroll"}\n', err: '' });
    expect(JSON.parse(await readFile(join(cli.folder, 'mine.unroll'), 'utf8'))).toMatchObject({ format: 'unroll/project', version: 1, name: 'Names' });
  });

  it('writes to standard output without -o', async () => {
    const { code, out } = await cli.run(['new', 'names']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ format: 'unroll/project' });
  });

  it('writes over nothing unless it is told to', async () => {
    const drawn = await cli.write('drawn.unroll', 'what somebody drew');
    const ran = await cli.run(['new', 'names', '-o', drawn]);
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining('U051 drawn.unroll is there already') as string]);
    expect(await readFile(join(cli.folder, drawn), 'utf8')).toBe('what somebody drew');
    expect((await cli.run(['new', 'names', '-o', drawn, '--force'])).code).toBe(0);
  });

  it('says U051 where it cannot write', async () => {
    const ran = await cli.run(['new', 'names', '-o', 'no/such/folder/x.unroll']);
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toMatch(/^U051 .*ENOENT/u);
  });
});
