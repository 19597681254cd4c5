import { makeBatch } from '../../data/batches/batching.ts';
import type { Batch } from '../../data/dataset.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import type { DataSignature, Normalisation } from '../../document/signature.ts';
import type { ModelRunner } from '../model-runner.ts';

/** Where the value of an input column comes from, after the last row read. */
type Feed = { readonly kind: 'answer'; readonly column: number } | { readonly kind: 'known' } | { readonly kind: 'held' };

export interface Feeds {
  /** One for each input column. */
  readonly columns: readonly Feed[];
  /** Names of the columns that keep their last value. */
  readonly held: readonly string[];
}

/**
 * Where the inputs of a forecast beyond its next step come from. `known[column]`: its values are known beforehand. A column that is neither answered nor known keeps its
 * last value with `hold`; without, U045 names it. U045 too where the model reads no steps, answers no numbers, or none that come next.
 */
export function feedsOf({ input, output }: DataSignature, known: readonly boolean[], hold: boolean): Feeds {
  if (input.kind !== 'features') throw cannot('This model does not read numbers step by step.', 'Forecast with a model that reads a window of a series.');
  const next = output.kind === 'numbers' ? (output.next ?? []) : [];
  if (!next.some((place) => place !== null)) {
    throw cannot(
      'None of the answers of this model is the next value of a column that it reads.',
      'Train with a horizon of 1 on a column that is input and target.',
    );
  }
  const columns = Array.from({ length: input.width }, (_, place): Feed => {
    const column = next.indexOf(place);
    if (column >= 0) return { kind: 'answer', column };
    return known[place] === true ? { kind: 'known' } : { kind: 'held' };
  });
  const held = columns.flatMap((feed, place) => (feed.kind === 'held' ? [input.columns[place] ?? `column ${place + 1}`] : []));
  if (held.length > 0 && !hold) {
    const names = held.map((name) => `"${name}"`).join(', ');
    throw cannot(
      `This model also reads ${names}, of which it answers no next value.`,
      'Forecast one step only, make them targets too, or let them keep their last value (hold).',
    );
  }
  return { columns, held };
}

export interface FeedBack {
  /** The window read first, one row of B = 1, normalised; not longer than the model was trained on is read at once. */
  readonly batch: Batch;
  readonly steps: number;
  readonly feeds: Feeds;
  /** The value of a known input column `ahead` rows (from 1) after the window, in the unit of the data. */
  readonly known: (column: number, ahead: number) => number;
}

/** Answers for the `steps` rows after the window, in the unit of the data, [steps,O]: each is read with the ones before it. */
export function feedBack(runner: ModelRunner, { batch, steps, feeds, known }: FeedBack): readonly (readonly number[])[] {
  const { input, longest } = runner.signature;
  if (batch.inputs.kind !== 'features' || input.kind !== 'features') throw new Error('only windows of numbers are fed back');
  const { width } = batch.inputs;
  let window = batch.inputs.values.slice(0, (batch.lengths[0] ?? 0) * width);
  const answers: (readonly number[])[] = [];
  for (let step = 1; step <= steps; step += 1) {
    window = window.subarray(Math.max(0, window.length - Math.max(1, longest) * width));
    const answer = lastAnswer(runner, window, width);
    answers.push(answer);
    const row = feeds.columns.map((feed, column) => {
      if (feed.kind === 'held') return window[window.length - width + column] ?? 0;
      const value = feed.kind === 'known' ? known(column, step) : (answer[feed.column] ?? 0);
      return normalise(value, column, input.normalisation);
    });
    window = Float32Array.of(...window, ...row);
  }
  return answers;
}

function lastAnswer(runner: ModelRunner, window: Float32Array, width: number): readonly number[] {
  const offsets = Int32Array.of(0, window.length / width);
  const [answer] = runner.answers(makeBatch({ offsets, inputs: { kind: 'features', width, values: window }, targets: null }, Int32Array.of(0), 1));
  const last = answer?.at(-1);
  if (answer === undefined || last === undefined) throw new Error('a window without an answer');
  return typeof last === 'number' ? answer.filter((value) => typeof value === 'number') : last;
}

function normalise(value: number, column: number, scale: Normalisation | null): number {
  return scale === null ? value : (value - (scale.mean[column] ?? 0)) / (scale.deviation[column] ?? 1);
}

export function cannot(message: string, fix: string): ProblemError {
  return new ProblemError([problem('U045', message, fix)]);
}
