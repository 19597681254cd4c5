import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../src-engine/document/problems.ts';
import type { TrainingSpec } from '../../src-engine/document/project.ts';
import type { ProjectFile } from '../../src-engine/exchange/project-file.ts';
import { writePytorchProject } from '../../src-engine/exchange/pytorch/project/write-project.ts';
import { readWeights } from '../../src-engine/exchange/weights-file.ts';
import { findPython } from '../../src-engine/session/export/run-python-project.ts';
import { distance } from '../pure/engine-under-test.ts';
import { graph, node } from '../pure/document-builders.ts';
import { datasetOf, flat, readGoldens, trainedModelOf, type Golden, type Nested } from './golden-file.ts';

/** A training that PyTorch made by hand-written steps, with its losses; `final` are the weights after them. */
interface Course {
  readonly name: string;
  readonly golden: Golden;
  readonly training: Partial<TrainingSpec>;
  readonly losses: readonly number[];
  readonly final?: Readonly<Record<string, Nested>>;
}

type TrainingGolden = Golden & { readonly optimizer: TrainingSpec['optimizer']; readonly clip: TrainingSpec['clip']; readonly window?: number } & Pick<
    Course,
    'losses' | 'final'
  >;

const withTorch = await findPython();

/** Every optimiser, both ways of clipping, and truncated BPTT. */
const files = ['training', 'windows'].flatMap((folder) =>
  readdirSync(join(import.meta.dirname, folder)).map((name) => join(import.meta.dirname, folder, name)),
);
const courses: readonly Course[] = files.sort().map((file) => {
  const golden = JSON.parse(readFileSync(file, 'utf8')) as TrainingGolden;
  const { optimizer, clip, window, losses, final } = golden;
  const bptt = { mode: window === undefined ? 'full' : 'truncated', window, reduce: 'sum' } as const;
  return { name: file.slice(file.lastIndexOf('/') + 1, -5), golden, training: { optimizer, clip, bptt }, losses, ...(final === undefined ? {} : { final }) };
});
/** Averaged copies: of each kind of layer one. */
const AVERAGED = [
  'gru-after',
  'gru-before-ragged',
  'lstm-state',
  'bi-lstm-concat',
  'stack-mixed',
  'embedding-trainable',
  'pool-attention',
  'layer-norm',
  'decoder-gru',
  'vector-dense',
];
const averaged = readGoldens().flatMap((golden): Course[] => {
  const mean = golden.training.find(({ reduce }) => reduce === 'mean');
  if (!AVERAGED.includes(golden.name) || mean === undefined) return [];
  const { optimizer, clip, losses } = mean;
  return [
    {
      name: `${golden.name}, averaged`,
      golden,
      training: { optimizer, clip, bptt: { mode: 'full', reduce: 'mean' } },
      losses,
    },
  ];
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-train-'));
});
afterAll(() => rm(folder, { recursive: true }));

function projectFiles({ golden, training, losses }: Course): readonly ProjectFile[] {
  const model = trainedModelOf(golden);
  const dataset = datasetOf(golden);
  const project = { ...model.project, training: { ...model.project.training, ...training, batchSize: dataset.count, epochs: losses.length } };
  return writePytorchProject({ ...model, project }, dataset, { batches: [], answers: [], loss: null });
}

async function write(name: string, list: readonly ProjectFile[]): Promise<string> {
  const place = join(folder, name);
  for (const { path, bytes } of list) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), bytes);
  }
  return place;
}

const READ_ONLY = `
import ast, json, sys
names = [name for name, _ in json.load(sys.stdin)]
for name in names:
    for file in ("train.py", "model.py", "head.py", "data.py"):
        ast.parse(open(f"{name}/{file}").read())
print(json.dumps({name: "Python" for name in names}))
`;

/** Losses that train.py prints; the first ten are printed. */
function lossesOf(text: string): readonly number[] {
  return [...text.matchAll(/step \d+ {2}loss (\S+)$/gmu)].map(([, loss]) => Number(loss));
}

function run(words: readonly string[], cwd: string): string {
  const ran = spawnSync(withTorch ?? 'python3', words, { cwd, encoding: 'utf8', env: { ...process.env, OMP_NUM_THREADS: '1' } });
  expect(ran.status, ran.stderr).toBe(0);
  return ran.stdout;
}

describe('train.py', () => {
  it('there is a course for every optimiser, each way of clipping, windows and averaged copies', () => {
    expect(new Set(courses.map(({ training }) => training.optimizer?.kind))).toEqual(new Set(['sgd', 'adagrad', 'rmsprop', 'adam', 'adamw']));
    expect(new Set(courses.map(({ training }) => training.clip?.kind))).toEqual(new Set(['none', 'norm', 'value']));
    expect(courses.filter(({ training }) => training.bptt?.mode === 'truncated').length).toBeGreaterThan(5);
    expect(averaged).toHaveLength(AVERAGED.length);
  });

  describe(withTorch === null ? 'there is no PyTorch here to run it: it is Python' : 'the losses of the hand-written course', () => {
    const all = [...courses, ...averaged];
    let said: Readonly<Record<string, string>> = {};
    beforeAll(async () => {
      for (const course of all) await write(course.name, projectFiles(course));
      const jobs = JSON.stringify(all.map(({ name, losses }) => [name, losses.length]));
      const ran = spawnSync(
        withTorch ?? 'python3',
        [withTorch === null ? '-c' : join(import.meta.dirname, 'run_train_scripts.py'), ...(withTorch === null ? [READ_ONLY] : [])],
        {
          cwd: folder,
          encoding: 'utf8',
          input: jobs,
          env: { ...process.env, OMP_NUM_THREADS: '1' },
        },
      );
      expect(ran.status, ran.stderr).toBe(0);
      said = JSON.parse(ran.stdout) as Record<string, string>;
    }, 180_000);

    it.each(all)('$name', ({ name, golden, losses, final }) => {
      const text = said[name]!;
      if (withTorch === null) return expect(text).toBe('Python');
      const found = lossesOf(text);
      expect(found).toHaveLength(Math.min(10, losses.length));
      expect(distance(found, losses.slice(0, 10))).toBeLessThan(1e-5);
      if (final === undefined) return;
      const model = trainedModelOf(golden);
      const weights = readWeights(new Uint8Array(readFileSync(join(folder, name, 'trained.safetensors'))), model.project, model.signature);
      for (const [parameter, values] of Object.entries(final)) expect(distance(weights.get(parameter)!, flat(values)), parameter).toBeLessThan(1e-4);
    });
  });

  it(`in windows, on two processes as on one${withTorch === null ? ' (there is no PyTorch here)' : ''}`, async () => {
    if (withTorch === null) {
      expect(courses.length).toBeGreaterThan(0);
      return;
    }
    const course = courses.find(({ name }) => name === 'window-last-step')!;
    const place = await write('two processes', projectFiles(course));
    const torchrun = ['-m', 'torch.distributed.run', '--standalone', '--nproc_per_node', '2', '--redirects', '2', '--tee', '1', '--log_dir', 'log'];
    const found = lossesOf(run([...torchrun, 'train.py', '--steps', '3'], place));
    expect(distance(found, course.losses.slice(0, 3))).toBeLessThan(1e-5);
  });

  it(`a decoder reads its own answers at their share of the steps${withTorch === null ? ' (there is no PyTorch here)' : ''}`, async () => {
    const golden = readGoldens().find(({ name }) => name === 'decoder-own-steps-lstm')!;
    const shared = (begin: number): Course => {
      const project = JSON.parse(JSON.stringify(golden.project).replace('"cell":', `"teacherBegin": ${begin}, "teacherEnd": ${begin}, "cell":`)) as unknown;
      return { name: `share ${begin}`, golden: { ...golden, project }, training: {}, losses: [0, 0, 0] };
    };
    if (withTorch === null) {
      run(['-m', 'py_compile', 'train.py'], await write('share', projectFiles(shared(0.5))));
      return;
    }
    const losses: (readonly number[])[] = [];
    for (const begin of [1, 0.999999, 0])
      losses.push(lossesOf(run(['train.py', '--steps', '3'], await write(shared(begin).name, projectFiles(shared(begin))))));
    const [always = [], nearly = [], never = []] = losses;
    expect(distance(nearly, always)).toBeLessThan(1e-6);
    expect(distance(never, always)).toBeGreaterThan(1e-4);
    expect(never.every((loss) => loss > 0 && loss < 5)).toBe(true);
  });

  it('decoders with two shares are refused with a sentence', () => {
    const golden = readGoldens().find(({ name }) => name === 'decoder-gru')!;
    const decoder = (id: string, teacherBegin: number) => node(id, 'decoder', { units: 2, size: 2, teacherBegin });
    const two = graph(
      [node('x', 'features'), node('gru', 'gru', { units: 2 }), decoder('one', 1), decoder('other', 0.5), node('both', 'add'), node('head', 'softmax-head')],
      ['x -> gru', 'gru.state -> one', 'gru.state -> other', 'one -> both.in1', 'other -> both.in2', 'both -> head'],
    );
    const project = { ...(golden.project as object), graph: two };
    const attempt = (): unknown => {
      try {
        return projectFiles({ name: 'two', golden: { ...golden, project, parameters: {} }, training: {}, losses: [0] });
      } catch (error) {
        return error instanceof ProblemError ? error.problems[0]?.message : error;
      }
    };
    expect(attempt()).toBe('one and other read their own answers at different shares of the steps, which train.py cannot do.');
  });
});
