import type { Batch, Dataset } from '../../data/dataset.ts';
import { readBatch } from '../../data/batches/batch-file.ts';
import type { SeriesOutlook } from '../../data/series/series.ts';
import type { DataSignature } from '../../document/signature.ts';
import type { EngineFiles } from '../engine-files.ts';
import type { GivenInput } from './explanations.ts';
import { cannot, feedBack, feedsOf, type Feeds } from './feed-back.ts';
import { readGiven } from './given-input.ts';
import { toJson, type JsonNumber } from '../json-number.ts';
import type { RunnableModel } from './language-model.ts';
import { ModelRunner } from '../model-runner.ts';
import type { OpenedProject } from '../open-project.ts';

/** A forecast may go this many steps beyond its window. */
export const MOST_AHEAD = 1000;

export interface ForecastRequest {
  /** The window to go on from: typed numbers, or an example of the data. */
  readonly input: GivenInput;
  /** 1 to 1000. */
  readonly steps: number;
  /** Columns that are read, not answered, and not known beforehand keep their last value; without it they are refused by name. */
  readonly hold: boolean;
}

/** A row of the series: its date or number where it is known, and a value for each of the forecast's columns in the unit of the data. */
interface SeriesRow {
  readonly label: string | null;
  readonly values: readonly JsonNumber[];
}

export interface ForecastReply {
  /** Updates made when the weights were taken. */
  readonly step: number;
  /** What is forecast; a level where the answers are its changes. */
  readonly columns: readonly string[];
  /** What was read of them. */
  readonly past: readonly SeriesRow[];
  /** Each step, fed back to forecast the next, and what really came; null where nothing was measured or is known. */
  readonly ahead: readonly (SeriesRow & { readonly truth: readonly (JsonNumber | null)[] | null })[];
  /** Input columns that kept their last value. */
  readonly held: readonly string[];
}

/** The forecast of the opened project's model, as it is now. Throws ProblemError: U004, U044, U045. */
export function forecastReply({ project, dataset, run }: OpenedProject, request: ForecastRequest, engine: EngineFiles): ForecastReply {
  const { signature, outlook } = dataset;
  const end = endOf(dataset, request.input);
  const known = signature.input.kind === 'features' && end !== null ? (outlook?.inputs.map(({ ahead }) => ahead !== undefined) ?? []) : [];
  const feeds = feedsOf(signature, known, request.hold);
  if (end !== null && outlook !== undefined) refuseBeyond(outlook, feeds, request.steps);
  const { batch } = readGiven(request.input, signature, dataset);
  const runner = new ModelRunner({ project, signature, parameters: run.readParameters() }, engine);
  const value = (column: number, ahead: number): number => outlook?.inputs[column]?.ahead?.value((end ?? 0) + ahead) ?? Number.NaN;
  const answers = feedBack(runner, { batch, steps: request.steps, feeds, known: value });
  const told = end === null || outlook === undefined ? typedRows(batch.inputs, signature, answers) : seriesRows(dataset, outlook, end, batch.steps, answers);
  return { step: run.step, ...told, held: feeds.held };
}

export interface ForecastedInputs {
  /** In the unit of the data, [windows][steps][O]. */
  readonly outputs: readonly (readonly (readonly number[])[])[];
  readonly columns: readonly string[];
  /** Input columns that kept their last value. */
  readonly held: readonly string[];
}

/** Answers fed back for each window of the input's text (`{"sequences": ...}`). Throws ProblemError: U004, U045. */
export function forecastInputs(
  model: RunnableModel,
  inputText: string,
  { steps, hold }: Pick<ForecastRequest, 'steps' | 'hold'>,
  engine: EngineFiles,
): ForecastedInputs {
  const { signature } = model;
  const feeds = feedsOf(signature, [], hold);
  const { sequences } = sequencesOf(inputText, signature);
  const runner = new ModelRunner(model, engine);
  const outputs = sequences.map((batch) => feedBack(runner, { batch, steps, feeds, known: () => Number.NaN }));
  return { outputs, columns: forecastColumns(signature), held: feeds.held };
}

/** What each answer is the next value of, by the name it is read under; the others by their own. */
function forecastColumns({ input, output }: DataSignature): readonly string[] {
  if (output.kind !== 'numbers' || input.kind !== 'features') return [];
  return output.columns.map((name, column) => input.columns[output.next?.[column] ?? -1] ?? name);
}

/** Each row of the input as a batch of its own. */
function sequencesOf(text: string, signature: DataSignature) {
  const all = readBatch(text, signature, { targets: false });
  const { inputs, size } = all;
  if (inputs.kind !== 'features') throw cannot('This model does not read numbers step by step.', 'Forecast with a model that reads a window of a series.');
  const { width, values } = inputs;
  const sequences = Array.from(all.lengths.subarray(0, all.rows), (length, row) => {
    const own = new Float32Array(length * width);
    for (let step = 0; step < length; step += 1) own.set(values.subarray((step * size + row) * width, (step * size + row + 1) * width), step * width);
    return { rows: 1, size: 1, steps: length, lengths: Int32Array.of(length), inputs: { kind: 'features', width, values: own } as const, targets: null };
  });
  return { sequences };
}

/** The row of the series that the window ends at; null where somebody typed it. */
function endOf({ outlook, split }: Dataset, input: GivenInput): number | null {
  if (!('part' in input)) return null;
  return outlook?.ends[split[input.part][input.example] ?? -1] ?? null;
}

/** U045 where a column that is known beforehand is not known for so long. */
function refuseBeyond({ inputs }: SeriesOutlook, { columns }: Feeds, steps: number): void {
  for (const [place, { name, ahead }] of inputs.entries()) {
    if (columns[place]?.kind !== 'known' || ahead === undefined || steps <= ahead.rows + 1) continue;
    throw cannot(`"${name}" is known for ${ahead.rows} steps beyond the window.`, `Forecast at most ${ahead.rows + 1} steps.`);
  }
}

type Told = Pick<ForecastReply, 'columns' | 'past' | 'ahead'>;

function typedRows(inputs: Batch['inputs'], signature: DataSignature, answers: readonly (readonly number[])[]): Told {
  const { input, output } = signature;
  if (inputs.kind !== 'features' || input.kind !== 'features' || output.kind !== 'numbers') throw new Error('only windows of numbers are fed back');
  const next = output.next ?? [];
  const scale = input.normalisation;
  const past = Array.from({ length: inputs.values.length / inputs.width }, (_, step) =>
    next.map((place) => {
      const value = place === null ? Number.NaN : (inputs.values[step * inputs.width + place] ?? Number.NaN);
      return toJson(value * (scale?.deviation[place ?? 0] ?? 1) + (scale?.mean[place ?? 0] ?? 0));
    }),
  );
  return {
    columns: forecastColumns(signature),
    past: past.map((values) => ({ label: null, values })),
    ahead: answers.map((values) => ({ label: null, values: values.map(toJson), truth: null })),
  };
}

/** Rows of the series itself, with what really came; levels where the answers are changes. */
function seriesRows(
  { series, signature }: Dataset,
  { inputs, targets, level }: SeriesOutlook,
  end: number,
  window: number,
  answers: readonly (readonly number[])[],
): Told {
  const names = forecastColumns(signature);
  const label = (row: number): string | null => series?.label(row) ?? null;
  const columns =
    level === null
      ? targets.map(({ values }, column) => ({ name: names[column] ?? '', at: (row: number) => values[row - 1] }))
      : [{ name: level.name, at: (row: number) => level.values[row] }];
  const forecast = level === null ? answers : runningSums(answers, level.values[end] ?? Number.NaN);
  const truth = (row: number): readonly (JsonNumber | null)[] => columns.map(({ at }) => finiteOrNull(at(row)));
  const past = Array.from({ length: window }, (_, step) => end - window + 1 + step);
  return {
    columns: columns.map(({ name }) => name),
    past: past.map((row) => ({ label: label(row), values: columns.map(({ at }) => toJson(at(row) ?? Number.NaN)) })),
    ahead: forecast.map((values, step) => ({
      label: end + 1 + step < (inputs[0]?.values.length ?? 0) ? label(end + 1 + step) : null,
      values: values.map(toJson),
      truth: truth(end + 1 + step),
    })),
  };
}

function runningSums(changes: readonly (readonly number[])[], start: number): readonly (readonly number[])[] {
  let value = start;
  return changes.map(([change = Number.NaN]) => [(value += change)]);
}

function finiteOrNull(value: number | undefined): JsonNumber | null {
  return value !== undefined && Number.isFinite(value) ? toJson(value) : null;
}
