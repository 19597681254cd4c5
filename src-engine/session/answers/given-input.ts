import { readBatch } from '../../data/batches/batch-file.ts';
import { makeBatch } from '../../data/batches/batching.ts';
import type { Batch, Dataset } from '../../data/dataset.ts';
import { UNKNOWN_ID } from '../../data/text/tokenizer.ts';
import { textTokens } from '../../data/text/language.ts';
import { problem, ProblemError } from '../../document/problems.ts';
import { ownStepsOf, type DataSignature } from '../../document/signature.ts';
import type { GivenInput, ReadStep } from './explanations.ts';

export interface ReadInput {
  /** One row, without targets. */
  readonly batch: Batch;
  readonly steps: readonly ReadStep[];
}

/** Steps that a request about one input may have: its replies grow with them, a matrix with their square. */
export const MOST_STEPS = 400;

/** The input as a batch of one row. Throws ProblemError: U004 where it does not fit the model, U044 where it has more than `most` steps or is not in the data. */
export function readGiven(given: GivenInput, signature: DataSignature, dataset: Dataset | null, most = MOST_STEPS): ReadInput {
  const batch = 'part' in given ? exampleOf(given, dataset) : typedBatch(given, signature);
  const longest = Math.max(batch.lengths[0] ?? 0, batch.targetLengths?.[0] ?? 0);
  if (longest > most)
    throw cannot(`The input has ${longest} steps; one of at most ${most} can be looked at step by step.`, 'Shorten it, or look at a part of it.');
  return { batch: { ...batch, targets: null }, steps: readSteps(batch, 'text' in given ? textTokens(given.text, signature) : [], signature) };
}

function typedBatch(given: Exclude<GivenInput, { part: string }>, signature: DataSignature): Batch {
  const file = 'text' in given ? { texts: [given.text] } : 'sequence' in given ? { sequences: [given.sequence] } : { vectors: [given.vector] };
  return readBatch(JSON.stringify(file), signature, { targets: false });
}

function exampleOf({ part, example }: Extract<GivenInput, { part: string }>, dataset: Dataset | null): Batch {
  const index = dataset?.split[part][example];
  if (dataset === null || index === undefined) {
    throw cannot(`The ${part} part has no example ${example + 1}.`, `Choose one of its ${dataset?.split[part].length ?? 0}.`);
  }
  const one = Int32Array.of(index);
  const own = ownStepsOf(dataset.signature.output);
  // Its answer may be longer than its target.
  const batch = makeBatch({ offsets: dataset.offsets, inputs: dataset.inputs, targets: null }, one, 1);
  if (own === null) return batch;
  return {
    ...makeBatch({ offsets: dataset.offsets, inputs: dataset.inputs, targets: null }, one, 1, Math.max(batch.steps, own)),
    targetLengths: Int32Array.of(own),
  };
}

/** The one row of a batch as it is read; `tokens` are the typed ones. */
export function readSteps({ inputs, lengths }: Batch, tokens: readonly string[], { input }: DataSignature): readonly ReadStep[] {
  if (inputs.kind === 'tokens') {
    const vocabulary = input.kind === 'tokens' ? input.vocabulary : [];
    return Array.from(inputs.ids.subarray(0, lengths[0] ?? 0), (id, t) => ({ text: tokens[t] ?? vocabulary[id] ?? '', known: id !== UNKNOWN_ID }));
  }
  const norm = input.kind === 'tokens' ? null : input.normalisation;
  const numbers = Array.from(inputs.values, (value, place) => {
    const column = place % inputs.width;
    return shortText(value * (norm?.deviation[column] ?? 1) + (norm?.mean[column] ?? 0));
  });
  if (inputs.kind === 'vectors') {
    const columns = input.kind === 'tokens' ? [] : input.columns;
    return numbers.map((text, column) => ({ text: `${columns[column] ?? ''} ${text}`.trim(), known: true }));
  }
  return Array.from({ length: lengths[0] ?? 0 }, (_, t) => ({ text: numbers.slice(t * inputs.width, (t + 1) * inputs.width).join(', '), known: true }));
}

function shortText(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function cannot(message: string, fix: string): ProblemError {
  return new ProblemError([problem('U044', message, fix)]);
}
