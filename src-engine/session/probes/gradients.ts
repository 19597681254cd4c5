import { totalmem } from 'node:os';
import type { DecayVerdict } from '../../analyze/decay-fit.ts';
import { diagnose } from '../../analyze/diagnosis.ts';
import { readBatch } from '../../data/batches/batch-file.ts';
import { evaluationBatches, makeBatch } from '../../data/batches/batching.ts';
import type { Batch } from '../../data/dataset.ts';
import { loadDataset } from '../../data/load-dataset.ts';
import { parseProject } from '../../document/file/parse-project.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { DataSpec } from '../../document/project.ts';
import { SETTING_LOSS } from '../../ir/opcodes.ts';
import type { Program } from '../../ir/program.ts';
import type { Machine } from '../../run/machine.ts';
import { flowByLag, lengthsFor, meanOverBatch, readRowNorms, type RowNorms } from '../../train/probes.ts';
import { writeBatch, type LossSteps } from '../../train/write-batch.ts';
import { readCopies, type CopyGradient } from './copy-gradients.ts';
import { parseModel } from '../direct.ts';
import type { EngineFiles } from '../engine-files.ts';
import { toJson, type JsonNumber } from '../json-number.ts';
import { ModelRunner } from '../model-runner.ts';
import { openProject } from '../open-project.ts';

type NestedJson = readonly (JsonNumber | NestedJson)[];

interface LayerValues {
  readonly layer: string;
  readonly direction: 'forward' | 'backward';
  /** One per step, by place in the sequence. */
  readonly values: readonly JsonNumber[];
}

export interface GradientsValue {
  readonly loss: JsonNumber;
  readonly gradientNorm: readonly LayerValues[];
  readonly flow: readonly LayerValues[];
  readonly copyGradient: readonly CopyGradient[];
  readonly diagnosis: readonly {
    readonly layer: string;
    readonly direction: string;
    readonly factorPerStep: JsonNumber | null;
    readonly halfLife: JsonNumber | null;
    readonly verdict: DecayVerdict;
  }[];
  readonly parameters?: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: NestedJson | JsonNumber }>>;
}

export interface GradientsOptions {
  readonly batchText?: string;
  /** Loss steps that count; a number is a step from 1. */
  readonly loss: 'all' | 'last' | number;
  readonly parameters: boolean;
}

/** Gradients of one batch: of the given file, or the first rows of the training part. A project is taken with its seed's first weights. */
export async function gradients(text: string, options: GradientsOptions, engine: EngineFiles): Promise<GradientsValue> {
  const { runner, data, batchSize } = await openRunner(text, engine);
  const batch = options.batchText === undefined ? await firstBatch(data, batchSize, engine) : readBatch(options.batchText, runner.signature, { targets: true });
  const steps = chosenSteps(options.loss, batch);
  const program = runner.program(batch, { backward: true, copies: true });
  const flowNorms = backward(runner.machine, program, batch, options.loss === 'all' ? 'last' : steps);
  const norms = backward(runner.machine, program, batch, steps);
  const loss = toJson(runner.machine.read(program.shared.settings + SETTING_LOSS));
  const parameters = options.parameters ? readGradients(runner.machine, program) : null;
  return {
    loss,
    gradientNorm: norms.map((each) => layerValues(each, batch)),
    flow: flowNorms.map((each) => layerValues(each, batch)),
    copyGradient: readCopies(runner.machine, program, batch),
    diagnosis: flowNorms.map((each) => diagnosisOf(each, batch)),
    ...(parameters === null ? {} : { parameters }),
  };
}

async function openRunner(text: string, engine: EngineFiles): Promise<{ runner: ModelRunner; data: DataSpec | null; batchSize: number }> {
  if (formatOf(text) === 'unroll/model') {
    const model = parseModel(text);
    return { runner: new ModelRunner(model, engine), data: model.project.data, batchSize: model.project.training.batchSize };
  }
  const parsed = parseProject(text);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const opening = await openProject(parsed.project, null, engine, totalmem());
  if (!opening.ok) throw new ProblemError(opening.problems);
  const { project, dataset, run } = opening.opened;
  const runner = new ModelRunner({ project, signature: dataset.signature, parameters: run.readParameters() }, engine);
  return { runner, data: project.data, batchSize: project.training.batchSize };
}

/** The file's own word for what it is; its parser says what is wrong with anything else. */
function formatOf(text: string): string | null {
  return /"format"\s*:\s*"(unroll\/[a-z]+)"/u.exec(text.slice(0, 1000))?.[1] ?? null;
}

async function firstBatch(data: DataSpec | null, batchSize: number, engine: EngineFiles): Promise<Batch> {
  if (data === null)
    throw new ProblemError([problem('U024', 'This model names no data to take a batch from.', 'Give one with --batch FILE.', { path: 'project.data' })]);
  const dataset = await loadDataset(data, engine.assets, engine.imports);
  const [examples] = evaluationBatches(dataset, 'train', batchSize);
  if (examples === undefined)
    throw new ProblemError([problem('U032', 'The training part of the data is empty.', 'Give a batch with --batch FILE.', { path: 'data.split' })]);
  return makeBatch(dataset, examples, examples.length);
}

function chosenSteps(loss: GradientsOptions['loss'], batch: Batch): LossSteps {
  if (typeof loss !== 'number') return loss;
  if (loss > batch.steps) {
    throw new ProblemError([problem('U050', `--loss ${loss} is past the last step: the batch has ${batch.steps}.`, `Give a step from 1 to ${batch.steps}.`)]);
  }
  return { t: loss - 1 };
}

function backward(machine: Machine, program: Program, batch: Batch, steps: LossSteps): readonly RowNorms[] {
  writeBatch(machine, program, batch, steps);
  machine.run({ begin: program.sections.forward.begin, end: program.sections.backward.end });
  return readRowNorms(machine, program);
}

/** Means over the batch; NaN past the layer's longest row (a decoder's is a target). */
function layerValues(norms: RowNorms, batch: Batch): LayerValues {
  const { cell } = norms;
  const longest = lengthsFor(cell, batch).reduce((most, length) => Math.max(most, length), 0);
  const values = Array.from(meanOverBatch(norms, batch), (value, t) => toJson(t < longest ? value : Number.NaN));
  return { ...layerName(cell.layer, cell.backward), values };
}

function layerName(path: string, isBackward: boolean): { readonly layer: string; readonly direction: 'forward' | 'backward' } {
  return { layer: path.replace(/\.(forward|backward)$/u, ''), direction: isBackward ? 'backward' : 'forward' };
}

function diagnosisOf(norms: RowNorms, batch: Batch): GradientsValue['diagnosis'][number] {
  const { factorPerStep, halfLife, verdict } = diagnose(flowByLag(norms, batch));
  const number = (value: number | null): JsonNumber | null => (value === null ? null : toJson(value));
  return { ...layerName(norms.cell.layer, norms.cell.backward), factorPerStep: number(factorPerStep), halfLife: number(halfLife), verdict };
}

function readGradients(machine: Machine, program: Program): NonNullable<GradientsValue['parameters']> {
  return Object.fromEntries(
    program.shared.parameters.flatMap(({ name, shape, size, gradient }) =>
      gradient === null ? [] : [[name, { shape, data: nest(Array.from(machine.readFloats(gradient, size), toJson), shape) }]],
    ),
  );
}

function nest(values: readonly JsonNumber[], shape: readonly number[]): NestedJson {
  const [, ...inner] = shape;
  if (inner.length === 0) return values;
  const size = inner.reduce((a, b) => a * b, 1);
  return Array.from({ length: values.length / size }, (_, row) => nest(values.slice(row * size, (row + 1) * size), inner));
}
