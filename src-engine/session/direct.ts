import { loadDataset } from '../data/load-dataset.ts';
import { readBatch } from '../data/batches/batch-file.ts';
import { METRICS, type Dataset, type Metric } from '../data/dataset.ts';
import { checkGraph } from '../document/check.ts';
import { checkTraining } from '../document/check/check-training.ts';
import { parseProject } from '../document/file/parse-project.ts';
import { problem, ProblemError, type Problem } from '../document/problems.ts';
import { plainType } from '../document/shape-text.ts';
import { readModel } from '../exchange/read-model.ts';
import type { TrainedModel } from '../exchange/trained-model.ts';
import { evaluatePart } from '../train/evaluate.ts';
import { scoreRule, ScoreSum, type Score } from '../train/score.ts';
import type { EngineFiles } from './engine-files.ts';
import { ModelRunner, type Answer } from './model-runner.ts';
import { predictBatch, type Prediction } from './answers/predict-batch.ts';
import { outputScale } from './open-project.ts';
import type { DataSummary, TestScore } from './protocol.ts';
import { summariseData, testScore } from './summaries.ts';

/** What the command line asks of the engine without a worker: each function returns what the command prints, or throws ProblemError. */

export interface CheckValue {
  readonly ok: boolean;
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly output: string | null; readonly parameters: number }[];
  readonly parameters: number;
  /** Null where there is none, or it cannot be read. */
  readonly data: DataSummary | null;
  readonly problems: readonly Problem[];
}

/** The check of a project's text, with the sizes of its data where that can be loaded. */
export async function checkProject(text: string, engine: EngineFiles): Promise<CheckValue> {
  const parsed = parseProject(text);
  if (!parsed.ok) throw new ProblemError(parsed.problems);
  const { graph, data, training } = parsed.project;
  const problems: Problem[] = [...checkTraining(training)];
  let dataset: Dataset | null = null;
  try {
    if (data !== null) dataset = await loadDataset(data, engine.assets, engine.imports);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    problems.push(...error.problems);
  }
  const checked = checkGraph(graph, dataset?.signature ?? null);
  problems.push(...checked.problems);
  const nodes = [...checked.nodes.values()].map(({ node, outputs, parameters }) => {
    const output = outputs.out ?? null;
    return { id: node.id, kind: node.kind, output: output === null ? null : plainType(output), parameters: countParameters(parameters) };
  });
  const summary = dataset === null ? null : summariseData(dataset);
  return { ok: problems.length === 0, nodes, parameters: countParameters(checked.parameters), data: summary, problems };
}

function countParameters(parameters: readonly { readonly shape: readonly number[] }[]): number {
  return parameters.reduce((total, { shape }) => total + shape.reduce((a, b) => a * b, 1), 0);
}

export function parseModel(text: string): TrainedModel {
  const read = readModel(text);
  if (!read.ok) throw new ProblemError(read.problems);
  return read.model;
}

/** Loss and score on the test split of the data that the model names. */
export async function evaluateModel(modelText: string, engine: EngineFiles): Promise<TestScore> {
  const model = parseModel(modelText);
  const { data, training } = model.project;
  if (data === null) {
    throw new ProblemError([problem('U024', 'This model names no data to score it on.', 'Give a batch with --batch FILE.', { path: 'project.data' })]);
  }
  const dataset = await loadDataset(data, engine.assets, engine.imports);
  const sizes = JSON.stringify([model.signature.input, model.signature.output]);
  if (sizes !== JSON.stringify([dataset.signature.input, dataset.signature.output])) {
    throw new ProblemError([
      problem(
        'U042',
        `The data set ${data.source} is not the one this model was trained on: vocabulary, classes or normalisation differ.`,
        'Score it with --batch FILE instead.',
        { path: 'signature' },
      ),
    ]);
  }
  const runner = new ModelRunner(model, engine);
  const { scoring } = runner;
  runner.load(scoring.programs.for(training.batchSize, 1));
  return testScore(evaluatePart(runner.machine, scoring, dataset, 'test', training.batchSize, outputScale(dataset.signature)), dataset);
}

/** Loss, score and outputs on the rows of a batch file with targets; a decoder's loss is that with the targets given to it. */
export async function evaluateBatch(modelText: string, batchText: string, engine: EngineFiles): Promise<Score & { readonly outputs: readonly Answer[] }> {
  const model = parseModel(modelText);
  const batch = readBatch(batchText, model.signature, { targets: true });
  const runner = new ModelRunner(model, engine);
  const outputs = runner.answers(batch);
  const sum = new ScoreSum(scoreRule(model.signature, mainMetric(model), outputScale(model.signature)));
  sum.addAnswers(runner.machine, runner.forward(batch, 'all'), batch, 'all');
  sum.addLoss(runner.machine, runner.forward(batch, 'all', true), batch, 'all');
  const { loss, ...score } = sum.finish();
  return Promise.resolve({ loss, outputs, ...score });
}

/** What the model was scored by when it was saved; accuracy or RMSE where its file says nothing known. */
function mainMetric({ metrics, signature }: TrainedModel): Metric {
  const known = METRICS.find((each) => each === metrics.metric);
  return known ?? (signature.output.kind === 'classes' ? 'accuracy' : 'rmse');
}

/** What a model answers to inputs without targets. */
export async function predict(modelText: string, inputText: string, engine: EngineFiles): Promise<Prediction> {
  const model = parseModel(modelText);
  const batch = readBatch(inputText, model.signature, { targets: false });
  return Promise.resolve(predictBatch(new ModelRunner(model, engine), batch));
}
