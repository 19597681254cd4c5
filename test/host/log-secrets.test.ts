import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as fileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requestSchemas, type RequestName } from '../../src-main/contract.ts';
import { problem, ProblemError } from '../../src-engine/document/problems.ts';
import { names } from '../../src-engine/scenarios/names.ts';
import { answerRequest } from '../../src-main/host/answer-request.ts';
import type { Handlers } from '../../src-main/host/handlers.ts';
import { openLog, type Log } from '../../src-main/host/log.ts';
import { logReport, logRuns } from '../../src-main/host/log-run.ts';

/** Stands in every text that a request carries: typed, read from a file, or a path. */
const SECRET = 'Sesam7Zebra';
const PATH = `/home/${SECRET}/thesis/${SECRET}.csv`;

let folder: string;
let log: Log;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-secrets-'));
  log = openLog({ userFolder: folder, fileSystem, now: () => Date.now(), randomId: () => 'abcdef' });
});
afterEach(() => rm(folder, { recursive: true }));

/** A project in which a person has named everything. */
function named(): string {
  const project = names.project();
  const graph = {
    ...project.graph,
    nodes: [
      ...project.graph.nodes.map((node) => ({ ...node, label: `${SECRET} layer`, note: SECRET })),
      { id: SECRET, kind: SECRET, label: SECRET, params: { units: 7, text: SECRET } },
    ],
  };
  return JSON.stringify({
    ...project,
    name: SECRET,
    notes: SECRET,
    graph,
    data: { ...project.data, source: PATH, options: { 'column.Sesam7Zebra': 'input' } },
  });
}

const TEXTS: Readonly<Record<string, unknown>> = {
  name: SECRET,
  text: SECRET,
  prompt: SECRET,
  handle: SECRET,
  token: SECRET,
  node: SECRET,
  path: PATH,
  of: SECRET,
  id: SECRET,
};

/** What fails inside a handler says what it was working on. */
function failures(argument: unknown): readonly unknown[] {
  const text = JSON.stringify(argument);
  return [
    new Error(`cannot make sense of ${SECRET} in ${PATH}: ${text}`),
    new TypeError(`Cannot read properties of undefined (reading '${SECRET}')`),
    new RangeError(`${PATH} is out of range`),
    new SyntaxError(`Unexpected token, "${text}" is not valid JSON`),
    Object.assign(new Error(`ENOENT: no such file, open '${PATH}'`), { code: 'ENOENT', path: PATH }),
    new Error('outer', { cause: new Error(SECRET) }),
    new ProblemError([problem('U051', `"${PATH}" cannot be read.`, `Look for ${SECRET}.`, { path: SECRET })]),
    SECRET,
    { secret: SECRET },
  ];
}

function handlersThat(reply: (name: RequestName, argument: unknown) => Promise<unknown>): Handlers {
  return Object.fromEntries(
    Object.keys(requestSchemas).map((name) => [name, (argument: unknown) => reply(name as RequestName, argument)]),
  ) as unknown as Handlers;
}

function rejected(reason: unknown): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  reject(reason);
  return promise;
}

async function written(): Promise<string> {
  await log.close();
  const place = join(folder, 'log');
  return (await Promise.all((await readdir(place)).map((file) => readFile(join(place, file), 'utf8')))).join('');
}

it('holds nothing of what any request carries, whatever fails on it', async () => {
  const report = logReport(log);
  const project = named();
  for (const name of Object.keys(requestSchemas) as RequestName[]) {
    const argument = { ...TEXTS, text: project, [SECRET]: SECRET };
    for (const failure of failures(argument)) {
      // As it comes in, though it be refused; and as a handler has it.
      await answerRequest(
        handlersThat(() => rejected(failure)),
        name,
        argument,
        report,
      );
      report.bug(failure, name);
      if (failure instanceof ProblemError) report.refused(name, failure.problems);
    }
  }
  await answerRequest(
    handlersThat(() => Promise.resolve({})),
    SECRET,
    { text: SECRET },
    report,
  );
  const text = await written();
  expect(text).toContain('refused');
  expect(text).toContain('U051');
  expect(text).toMatch(/bug B[0-9a-f]+ during session\.open: Error ENOENT/u);
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain('thesis');
  expect(text.length).toBeGreaterThan(10_000);
});

it('holds the settings of a run and none of its names', async () => {
  const opened = { steps: 16, parameters: 5184, problems: [problem('U011', SECRET, SECRET)] };
  const handlers = logRuns(
    handlersThat(() => Promise.resolve(opened)),
    log,
  );
  const reply = await answerRequest(handlers, 'session.open', { text: named() }, logReport(log));
  expect(reply).toMatchObject({ ok: true });
  const text = await written();
  expect(text).toMatch(
    /run opened blocks=\S*rnn:64\S*unknown:7 data=imported optimizer=adam learningRate=0\.002 batch=32 epochs=15 seed=7 clip=norm:5 bptt=full:sum T=16 parameters=5184 problems=U011/u,
  );
  expect(text).not.toContain(SECRET);
});

it('is readable by its owner alone, and the folder of a name with secrets does not appear in it', async () => {
  await mkdir(join(folder, SECRET));
  await writeFile(join(folder, SECRET, 'x'), '');
  log.bug(new Error('x'), 'a test');
  expect(await written()).not.toContain(folder);
});
