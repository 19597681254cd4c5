import { problem, ProblemError } from '../../document/problems.ts';
import { readJson } from '../../document/file/read-json.ts';
import { schemaProblems } from '../../document/file/schema-problems.ts';
import { hasOwnSteps, ownStepsOf, type DataSignature, type InputSignature, type OutputSignature } from '../../document/signature.ts';
import { makeBatch } from './batching.ts';
import { batchSchema, type BatchFile, type GivenStep, type GivenTarget } from './batch-schema.ts';
import type { Batch, DatasetInputs, DatasetTargets } from '../dataset.ts';
import { textTokens } from '../text/language.ts';
import { normalised } from '../normalise.ts';
import { stepOffsets } from '../sequences.ts';
import { idsByToken, UNKNOWN_ID } from '../text/tokenizer.ts';

/** Rows as given, cut to their lengths, with the name they have in the file. */
interface GivenRows {
  readonly name: 'texts' | 'sequences' | 'vectors';
  readonly rows: readonly (readonly GivenStep[])[];
}

/**
 * The rows of a batch file or of the input of `predict` (formats.md) as one batch for a model of this signature: texts are cut into tokens,
 * numbers are normalised as the signature says. With `targets` they must be there, without they are not read.
 * Throws ProblemError: U001, U005, U006 from reading JSON; U004 with the place of what does not fit.
 */
export function readBatch(text: string, signature: DataSignature, { targets }: { readonly targets: boolean }): Batch {
  const json = readJson(text);
  if (!json.ok) throw new ProblemError(json.problems);
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) throw wrong('', 'The input is not an object.', NEEDED);
  const value = targets ? json.value : { ...json.value, targets: undefined };
  const parsed = batchSchema(signature).safeParse(value);
  if (!parsed.success) throw new ProblemError(schemaProblems(parsed.error, value));
  const given = givenRows(parsed.data, signature);
  const rows = cutToLengths(given, parsed.data.lengths);
  const { input, output } = signature;
  const examples = {
    offsets: stepOffsets(rows),
    inputs: encodeInputs(rows, input),
    targets: targets ? encodeTargets(givenTargets(parsed.data, given, rows, output), output) : null,
  };
  const all = Int32Array.from(rows.keys());
  const answerSteps = ownStepsOf(output);
  if (targets || answerSteps === null) return makeBatch(examples, all, rows.length);
  // Nobody knows yet how long the answers will be: as long as the longest target.
  const longest = rows.reduce((most, { length }) => Math.max(most, length), answerSteps);
  return { ...makeBatch(examples, all, rows.length, longest), targetLengths: new Int32Array(rows.length).fill(answerSteps) };
}

const NEEDED = 'Give {"texts": [...]}, {"sequences": [...]} or {"vectors": [...]}.';

function givenRows(file: BatchFile, signature: DataSignature): GivenRows {
  const { input } = signature;
  const { texts, sequences, vectors } = file;
  const found = [texts, sequences, vectors].filter((each) => each !== undefined);
  if (found.length !== 1) throw wrong('', `The input has ${found.length === 0 ? 'none' : 'more than one'} of texts, sequences and vectors.`, NEEDED);
  if (found[0]?.length === 0) throw wrong('', 'The input has no rows.', 'Give at least one row.');
  if (input.kind === 'vector') return { name: 'vectors', rows: spreadVectors(vectors, file, signature) };
  if (texts !== undefined) return textRows(texts, signature);
  if (sequences !== undefined) return { name: 'sequences', rows: sequences };
  if (input.kind === 'tokens') throw wrong('vectors', 'This model reads tokens, not vectors.', 'Give texts, or sequences of token ids.');
  return { name: 'vectors', rows: (vectors ?? []).map((vector) => [vector]) };
}

/** Each vector as many times as its answer has steps: as its targets have, as its length says, as the longest of the data; once where there is one answer. */
function spreadVectors(vectors: BatchFile['vectors'], { targets, lengths }: BatchFile, { output, longest }: DataSignature): GivenRows['rows'] {
  if (vectors === undefined) throw wrong('', 'This model reads one row of numbers for each example.', 'Give {"vectors": [...]}.');
  const steps = (row: number): number => (output.perStep && !hasOwnSteps(output) ? (targets?.[row]?.length ?? lengths?.[row] ?? Math.max(1, longest)) : 1);
  return vectors.map((vector, row) => Array.from({ length: steps(row) }, () => vector));
}

function textRows(texts: readonly string[], signature: DataSignature): GivenRows {
  const { input } = signature;
  if (input.kind !== 'tokens') throw wrong('texts', `This model reads ${input.width} numbers at each step, not texts.`, 'Give sequences of lists of numbers.');
  return { name: 'texts', rows: texts.map((text) => textTokens(text, signature)) };
}

function cutToLengths({ name, rows }: GivenRows, lengths: readonly number[] | undefined): GivenRows['rows'] {
  const empty = rows.findIndex((row) => row.length === 0);
  if (empty >= 0)
    throw wrong(`${name}[${empty}]`, `${name}[${empty}] has no ${name === 'texts' ? 'tokens' : 'steps'}.`, 'Give at least one, or leave the row out.');
  if (lengths === undefined) return rows;
  requireCount('lengths', lengths.length, rows.length);
  return rows.map((row, index) => {
    const length = lengths[index] ?? row.length;
    if (length > row.length)
      throw wrong(`lengths[${index}]`, `lengths[${index}] is ${length}, but ${name}[${index}] has ${row.length} steps.`, 'Give a length within the row.');
    return row.slice(0, length);
  });
}

/** One target per row, or as many as the row has steps once it is cut to its length; any number where targets have steps of their own. */
function givenTargets(file: BatchFile, given: GivenRows, rows: GivenRows['rows'], output: OutputSignature): readonly (readonly GivenTarget[])[] {
  if (file.targets === undefined) throw wrong('targets', 'The input has no targets.', 'Give {"targets": [...]}, one for each row.');
  requireCount('targets', file.targets.length, rows.length);
  if (!output.perStep) return file.targets;
  if (hasOwnSteps(output)) {
    const empty = file.targets.findIndex((targets) => targets.length === 0);
    if (empty >= 0) throw wrong(`targets[${empty}]`, `targets[${empty}] has no steps.`, 'Give at least the class <end>.');
    return file.targets;
  }
  return file.targets.map((targets, index) => {
    const steps = rows[index]?.length ?? 0;
    if (targets.length !== steps && targets.length !== given.rows[index]?.length)
      throw wrong(`targets[${index}]`, `targets[${index}] has ${targets.length} entries, but the row has ${steps} steps.`, 'Give a target for each step.');
    return targets.slice(0, steps);
  });
}

function encodeInputs(rows: GivenRows['rows'], input: InputSignature): DatasetInputs {
  const steps = rows.flat();
  if (input.kind === 'features') return { kind: 'features', width: input.width, values: normalised(steps.flatMap(numbersOf), input.normalisation) };
  if (input.kind === 'vector')
    return {
      kind: 'vectors',
      width: input.width,
      values: normalised(
        rows.flatMap(([row]) => (row === undefined ? [] : numbersOf(row))),
        input.normalisation,
      ),
    };
  const ids = idsByToken(input.vocabulary);
  return { kind: 'tokens', ids: Int32Array.from(steps, (step) => (typeof step === 'number' ? step : (ids.get(String(step)) ?? UNKNOWN_ID))) };
}

function encodeTargets(rows: readonly (readonly GivenTarget[])[], output: OutputSignature): DatasetTargets {
  const { perStep } = output;
  const targets = rows.flat();
  if (output.kind === 'numbers') {
    return { kind: 'numbers', perStep, width: output.width, values: normalised(targets.flatMap(numbersOf), output.normalisation) };
  }
  const ids = idsByToken(output.classes);
  const values = Int32Array.from(targets, (target) => (typeof target === 'string' ? (ids.get(target) ?? -1) : Number(target)));
  if (!perStep) return { kind: 'classes', perStep, values };
  return hasOwnSteps(output) ? { kind: 'classes', perStep, values, offsets: stepOffsets(rows) } : { kind: 'classes', perStep, values };
}

function numbersOf(given: GivenStep | GivenTarget): readonly number[] {
  if (typeof given === 'string') throw new Error('a name where numbers belong');
  return typeof given === 'number' ? [given] : given;
}

function requireCount(name: string, count: number, rows: number): void {
  if (count !== rows) throw wrong(name, `${name} has ${count} entries, but there are ${rows} rows.`, 'Give one for each row.');
}

function wrong(path: string, message: string, fix: string): ProblemError {
  return new ProblemError([problem('U004', message, fix, path === '' ? {} : { path })]);
}
