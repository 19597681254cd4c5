import { EventEmitter } from 'node:events';
import * as fileSystem from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { readBatch } from '../../src-engine/data/batches/batch-file.ts';
import { createRandom, pick, type Random } from '../../src-engine/data/random.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import { PROBLEM_TITLES, ProblemError, type Problem } from '../../src-engine/document/problems.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { readModel } from '../../src-engine/exchange/read-model.ts';
import { writeModel } from '../../src-engine/exchange/write-model.ts';
import { decodeLossFrame, decodeProbeFrame } from '../../src-engine/history/decode-frames.ts';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { decodeCheckpoint, encodeCheckpoint, type CheckpointHead } from '../../src-engine/train/checkpoint.ts';
import { crc32 } from '../../src-engine/train/crc32.ts';
import { requestSchemas } from '../../src-main/contract.ts';
import { answerRequest } from '../../src-main/host/answer-request.ts';
import { DataFiles } from '../../src-main/host/files/data-files.ts';
import { browserDesk } from '../../src-main/host/desk.ts';
import type { Requester } from '../../src-main/host/ask-engine.ts';
import { createHandlers } from '../../src-main/host/create-handlers.ts';
import { DOWNLOAD_FILES } from '../../src-main/host/files/project-files.ts';
import { serveSocket } from '../../src-main/web/socket.ts';
import { clipOf, clipText, parseClip } from '../../src-renderer/canvas/edits/clip.ts';
import { mutatedBytes, mutatedText, mutatedValue } from '../pure/mutate.ts';
import { testKeeping } from './keeping-fixture.ts';
import { testRuns } from './runs-fixture.ts';

const ROUNDS = 10_000;
/** Milliseconds of this thread's own work that one reading may take; far above what it needs. A busy machine adds nothing to them. */
const HANG = 1000;

function ownWork(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Reads 10,000 mutations. A reading that throws or hangs fails the test; how many were read and how many refused is returned. */
async function fuzz(seed: number, read: (random: Random) => readonly Problem[] | Promise<readonly Problem[]>): Promise<{ read: number; refused: number }> {
  const random = createRandom(seed);
  const count = { read: 0, refused: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = ownWork();
    const problems = await read(random);
    expect(ownWork() - began, `seed ${seed}, round ${round}`).toBeLessThan(HANG);
    for (const each of problems) expectNamed(each);
    if (problems.length === 0) count.read += 1;
    else count.refused += 1;
  }
  return count;
}

/** One expectation: five for each of so many problems cost as much as reading what was mutated. */
function expectNamed(problem: Problem): void {
  const { code, message, fix } = problem;
  const isPlain = !/\[object |undefined is|is not a function|cannot read prop/iu.test(message) && message.length > 5 && message.length < 5000;
  const isNamed = Object.hasOwn(PROBLEM_TITLES, code) && isPlain && fix.length > 3;
  expect(isNamed ? null : problem).toBeNull();
}

/** What a reader says that throws ProblemError for the user's mistakes; anything else it throws is a bug and fails the test. */
function problemsOf(read: () => unknown): readonly Problem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
}

const WORDS: DataSignature = {
  input: { kind: 'tokens', unit: 'word', vocabulary: ['<unk>', 'good', 'bad', 'not', '.'] },
  output: { kind: 'classes', classes: ['negative', 'positive'], perStep: false },
  longest: 4,
};
const SERIES: DataSignature = {
  input: { kind: 'features', width: 2, columns: ['a', 'b'], normalisation: { mean: [10, 0], deviation: [2, 1] } },
  output: { kind: 'numbers', width: 1, columns: ['y'], normalisation: { mean: [100], deviation: [10] }, perStep: false },
  longest: 3,
};

const MODEL = {
  format: 'unroll/project',
  version: 1,
  name: 'small',
  graph: {
    nodes: [
      { id: 'x', kind: 'features' },
      { id: 'rnn1', kind: 'rnn', params: { units: 2 } },
      { id: 'last', kind: 'last-step' },
      { id: 'head', kind: 'regression-head' },
    ],
    wires: [
      { id: 'a', from: { node: 'x', port: 'out' }, to: { node: 'rnn1', port: 'in' } },
      { id: 'b', from: { node: 'rnn1', port: 'out' }, to: { node: 'last', port: 'in' } },
      { id: 'c', from: { node: 'last', port: 'out' }, to: { node: 'head', port: 'in' } },
    ],
  },
  data: null,
};

function smallModel(arrays: boolean): string {
  const parsed = parseProject(JSON.stringify(MODEL));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const shapes = checkGraph(parsed.project.graph, SERIES).parameters;
  const parameters = new Map(
    shapes.map(({ name, shape }) => [name, Float32Array.from({ length: shape.reduce((product, axis) => product * axis, 1) }, (_, place) => place / 7)]),
  );
  return writeModel({ project: parsed.project, signature: SERIES, parameters, metrics: { rmse: 1 }, history: [] }, { arrays });
}

const TIMEOUT = 120_000;

describe('10,000 mutations each: no crash, no hang over a second, every refusal a named problem', () => {
  it(
    'projects, with the check of their graph',
    async () => {
      const texts = SCENARIOS.map((scenario) => serializeProject(scenario.project()));
      const count = await fuzz(1, (random) => {
        const parsed = parseProject(mutatedText(pick(random, texts), random));
        if (!parsed.ok) return parsed.problems;
        for (const signature of [null, WORDS]) checkGraph(parsed.project.graph, signature).problems.forEach(expectNamed);
        return [];
      });
      expect(Math.min(count.read, count.refused)).toBeGreaterThan(100);
    },
    TIMEOUT,
  );

  it(
    'model files',
    async () => {
      const texts = [smallModel(true), smallModel(false)];
      for (const text of texts) expect(readModel(text).ok).toBe(true);
      const count = await fuzz(2, (random) => {
        const read = readModel(mutatedText(pick(random, texts), random));
        return read.ok ? [] : read.problems;
      });
      expect(Math.min(count.read, count.refused)).toBeGreaterThan(100);
    },
    TIMEOUT,
  );

  it(
    'checkpoints, half of them with a checksum that is right again',
    async () => {
      const head: CheckpointHead = {
        model: { identity: 'x', optimizer: 'adam', batchSize: 2, seed: 1, trainable: [{ name: 'head.weight', shape: [1, 2] }] },
        step: 3,
        cursor: { random: [1, 2, 3, 4], next: 0, epochs: 1, windowsLeft: 0 },
        learningRate: { project: 0.1, present: 0.1 },
        seconds: 1,
        course: { history: [], best: null, waited: 0, plateau: { lowest: null, waited: 0, factor: 1 } },
      };
      const arrays = { weights: new Float32Array(2), moments: new Float32Array(4), best: new Float32Array(0), carried: new Float32Array(0) };
      const file = encodeCheckpoint({ head, arrays });
      let refused = 0;
      await fuzz(3, (random) => {
        const bytes = mutatedBytes(file, random).slice();
        if (bytes.length > 4 && random.next() % 2 === 0) {
          new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes.subarray(0, bytes.length - 4)), true);
        }
        const decoded = decodeCheckpoint(bytes);
        if (decoded.ok) return [];
        refused += 1;
        expect(decoded.sentence).toMatch(/^It[ s].*\.$/u);
        return [];
      });
      expect(refused).toBeGreaterThan(1000);
    },
    TIMEOUT,
  );

  it(
    'batch files',
    async () => {
      const files = [
        [JSON.stringify({ texts: ['Not good.', 'awful'], targets: [1, 'negative'] }), WORDS],
        [JSON.stringify({ sequences: [[1, 'bad'], [0]], targets: [0, 1], lengths: [2, 1] }), WORDS],
        [
          JSON.stringify({
            sequences: [
              [
                [12, 1],
                [10, 0.5],
              ],
            ],
            targets: [[110]],
          }),
          SERIES,
        ],
      ] as const;
      const count = await fuzz(4, (random) => {
        const [text, signature] = pick(random, files);
        return problemsOf(() => readBatch(mutatedText(text, random), signature, { targets: true }));
      });
      expect(Math.min(count.read, count.refused)).toBeGreaterThan(100);
    },
    TIMEOUT,
  );

  it(
    'the clipboard',
    async () => {
      const texts = SCENARIOS.slice(0, 6).map((scenario) => {
        const { graph } = scenario.project();
        const clip = clipOf(
          graph,
          graph.nodes.map(({ id }) => id),
        );
        return clip === null ? '' : clipText(clip);
      });
      const count = await fuzz(5, (random) => {
        const parsed = parseClip(mutatedText(pick(random, texts), random));
        return parsed.ok ? [] : [parsed.problem];
      });
      expect(Math.min(count.read, count.refused)).toBeGreaterThan(100);
    },
    TIMEOUT,
  );

  it(
    'frames of losses and probes, which come from the engine and so are a bug where they are damaged, named as one',
    async () => {
      const good = [
        new Uint8Array(new Uint32Array([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).buffer),
        new Uint8Array(new Uint32Array([1, 5, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]).buffer),
      ];
      await fuzz(6, (random) => {
        const bytes = mutatedBytes(pick(random, good), random).slice();
        for (const decode of [decodeLossFrame, decodeProbeFrame]) {
          try {
            decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
            expect((error as Error).message).toMatch(/frame|probe|loss/iu);
          }
        }
        return [];
      });
    },
    TIMEOUT,
  );
});

const engine: Requester = {
  request: () =>
    Promise.resolve({
      ok: false,
      problems: [{ code: 'U040', node: null, wire: null, path: null, message: 'No model is open.', fix: 'Open one.', remedy: null }],
    }),
};
const data = new DataFiles({ engine, fileSystem, randomId: () => 'token', ask: null, folderOf: () => null });
const runs = testRuns(engine);
const handlers = createHandlers({
  shell: 'browser',
  version: '1',
  engine,
  files: DOWNLOAD_FILES,
  data,
  desk: browserDesk(() => Promise.resolve('the log')),
  keeping: testKeeping({ trail: runs }),
  runs,
});
const NAMES = Object.keys(requestSchemas) as (keyof typeof requestSchemas)[];

/** An argument in which every key of the contract occurs once or more, so that mutations of it reach every schema. */
const ARGUMENT = {
  text: JSON.stringify(MODEL),
  name: 'small',
  handle: null,
  as: false,
  id: '00000000-0000-4000-8000-000000000000',
  version: null,
  value: 0.1,
  milliseconds: 150,
  node: 'rnn1',
  prompt: 'a',
  length: 3,
  temperature: 1,
  topK: null,
  seed: 1,
  count: 3,
  input: { text: 'a b' },
  steps: 3,
  hold: true,
  jacobian: true,
  triangle: false,
  copies: false,
  format: 'onnx',
  arrays: false,
  what: 'file',
  token: null,
  options: { a: 1 },
  depth: 'start',
  from: { kind: 'project', text: JSON.stringify(MODEL) },
  commands: [{ id: 'a', label: 'A', group: 'File', shortcut: null, native: false, enabled: true }],
};

/** The keys that this request wants, as good as `ARGUMENT` knows them. */
function goodArgument(name: keyof typeof requestSchemas): Record<string, unknown> {
  const keys = Object.keys(requestSchemas[name].shape);
  return Object.fromEntries(Object.entries(ARGUMENT).filter(([key]) => keys.includes(key)));
}

describe('10,000 mutations each, in the host', () => {
  it(
    'arguments of requests, as Electron hands them over',
    async () => {
      const bugs: unknown[] = [];
      const count = await fuzz(7, async (random) => {
        const name = pick(random, NAMES);
        const reply = await answerRequest(handlers, name, mutatedValue(goodArgument(name), random), {
          bug: (error) => `B${bugs.push(error)}`,
          refused: () => undefined,
        });
        return reply.ok ? [] : reply.problems;
      });
      expect(bugs).toEqual([]);
      expect(count.refused).toBeGreaterThan(5000);
      expect({}).not.toHaveProperty('polluted');
    },
    TIMEOUT,
  );

  it(
    'messages on the socket: answered with problems, or the socket is closed as not speaking the contract',
    async () => {
      const bugs: unknown[] = [];
      const random = createRandom(8);
      const count = { answered: 0, closed: 0 };
      let time = 0;
      for (let round = 0; round < ROUNDS; round += 1) {
        const name = pick(random, NAMES);
        const text = mutatedText(JSON.stringify({ id: round, name, argument: goodArgument(name) }), random);
        const outcome = await speak(text, (time += 1000), bugs);
        if (outcome.closed) {
          count.closed += 1;
          continue;
        }
        count.answered += 1;
        const { reply } = JSON.parse(outcome.text) as { reply: { ok: boolean; problems?: readonly Problem[] } };
        for (const each of reply.problems ?? []) expectNamed(each);
      }
      expect(bugs).toEqual([]);
      expect(Math.min(count.answered, count.closed)).toBeGreaterThan(100);
    },
    TIMEOUT,
  );
});

/** One message to the socket's server; stands in for the library's socket, which only carries text. */
async function speak(text: string, time: number, bugs: unknown[]): Promise<{ closed: boolean; text: string }> {
  const { promise, resolve } = Promise.withResolvers<{ closed: boolean; text: string }>();
  const socket = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send: (sent: string) => {
      resolve({ closed: false, text: sent });
    },
    close: () => {
      resolve({ closed: true, text: '' });
    },
    terminate: () => undefined,
  });
  serveSocket(socket as unknown as WebSocket, { handlers, now: () => time, report: { bug: (error) => `B${bugs.push(error)}`, refused: () => undefined } });
  socket.emit('message', Buffer.from(text), false);
  return await promise;
}
