import type { Batch, Dataset, DatasetInputs, DatasetTargets, SplitIndices } from '../dataset.ts';
import { shuffled, type Random } from '../random.ts';
import { PADDING_ID } from '../text/tokenizer.ts';

export type Part = keyof SplitIndices;

/** What a batch is cut from: a data set, or rows that a user gave, perhaps without targets. */
export interface Examples {
  /** [N+1], in steps. */
  readonly offsets: Int32Array;
  readonly inputs: DatasetInputs;
  readonly targets: DatasetTargets | null;
}

/** Batches are put together from pools of this many, sorted by length, so that little of a batch is padding. */
const POOL_BATCHES = 16;

/**
 * The batches of one training epoch, each a list of examples: every example of the part once, in an order drawn from `random`.
 * The last batch may be smaller.
 */
export function epochBatches(dataset: Dataset, part: Part, batchSize: number, random: Random): readonly Int32Array[] {
  const order = shuffled(random, [...dataset.split[part]]);
  const batches: Int32Array[] = [];
  const poolSize = POOL_BATCHES * batchSize;
  for (let start = 0; start < order.length; start += poolSize) {
    const pool = order.slice(start, start + poolSize);
    pool.sort((left, right) => lengthOf(dataset, left) - lengthOf(dataset, right));
    batches.push(...inChunks(pool, batchSize));
  }
  return shuffled(random, batches);
}

/** The batches of a part in its own order, for validation and test. */
export function evaluationBatches(dataset: Dataset, part: Part, batchSize: number): readonly Int32Array[] {
  return inChunks([...dataset.split[part]], batchSize);
}

/**
 * Examples padded to one [T,B] batch. `size` is B; rows beyond the examples are absent (length 0).
 * T is the longest example, or `steps` where it is given (not shorter than the longest).
 */
export function makeBatch(source: Examples, examples: Int32Array, size: number, steps?: number): Batch {
  if (examples.length > size) throw new Error(`${examples.length} examples do not fit a batch of ${size}`);
  const lengths = new Int32Array(size);
  for (let row = 0; row < examples.length; row++) lengths[row] = stepsBetween(source.offsets, examples[row] ?? -1);
  const own = ownOffsets(source.targets);
  const targetLengths = own === null ? null : Int32Array.from(lengths, (_, row) => (row < examples.length ? stepsBetween(own, examples[row] ?? -1) : 0));
  const longest = Math.max(longestOf(lengths), targetLengths === null ? 0 : longestOf(targetLengths));
  if (steps !== undefined && steps < longest) throw new Error(`an example of ${longest} steps does not fit ${steps}`);
  const place: Place = { examples, lengths, offsets: source.offsets, size, steps: steps ?? longest };
  const targetPlace = own === null || targetLengths === null ? place : { ...place, lengths: targetLengths, offsets: own };
  return {
    rows: examples.length,
    size,
    steps: place.steps,
    lengths,
    ...(targetLengths === null ? {} : { targetLengths }),
    inputs: gatherInputs(source.inputs, place),
    targets: source.targets === null ? null : gatherTargets(source.targets, targetPlace),
  };
}

function longestOf(lengths: Int32Array): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

interface Place {
  readonly examples: Int32Array;
  readonly lengths: Int32Array;
  readonly offsets: Int32Array;
  readonly size: number;
  readonly steps: number;
}

function gatherInputs(inputs: DatasetInputs, place: Place): Batch['inputs'] {
  const cells = place.steps * place.size;
  if (inputs.kind === 'tokens') {
    const ids = new Int32Array(cells).fill(PADDING_ID);
    copySteps(inputs.ids, ids, 1, place);
    return { kind: 'tokens', ids };
  }
  if (inputs.kind === 'vectors') {
    const rows = new Float32Array(place.size * inputs.width);
    copyRows(inputs.values, rows, inputs.width, place);
    return { kind: 'vectors', width: inputs.width, values: rows };
  }
  const values = new Float32Array(cells * inputs.width);
  copySteps(inputs.values, values, inputs.width, place);
  return { kind: 'features', width: inputs.width, values };
}

function gatherTargets(targets: DatasetTargets, place: Place): Batch['targets'] {
  const cells = targets.perStep ? place.steps * place.size : place.size;
  const copy = targets.perStep ? copySteps : copyRows;
  if (targets.kind === 'classes') {
    const values = new Int32Array(cells).fill(PADDING_ID);
    copy(targets.values, values, 1, place);
    return { kind: 'classes', perStep: targets.perStep, values };
  }
  const values = new Float32Array(cells * targets.width);
  copy(targets.values, values, targets.width, place);
  return { kind: 'numbers', perStep: targets.perStep, width: targets.width, values };
}

/** [S,width] of the data set to [T,B,width] of the batch. Number by number: a view of each step was more garbage than all the rest of an update. */
function copySteps<A extends Int32Array | Float32Array>(source: A, target: A, width: number, place: Place): void {
  for (let row = 0; row < place.examples.length; row++) {
    const start = place.offsets[place.examples[row] ?? 0] ?? 0;
    const length = place.lengths[row] ?? 0;
    for (let step = 0; step < length; step++) copyNumbers(source, (start + step) * width, target, (step * place.size + row) * width, width);
  }
}

/** [N,width] of the data set to [B,width] of the batch. */
function copyRows<A extends Int32Array | Float32Array>(source: A, target: A, width: number, place: Place): void {
  for (let row = 0; row < place.examples.length; row++) copyNumbers(source, (place.examples[row] ?? 0) * width, target, row * width, width);
}

function copyNumbers<A extends Int32Array | Float32Array>(source: A, from: number, target: A, to: number, count: number): void {
  for (let place = 0; place < count; place++) target[to + place] = source[from + place] ?? 0;
}

/** Steps of each row's targets, [B]: the inputs' where they have none of their own. */
export function targetLengthsOf({ lengths, targetLengths }: Batch): Int32Array {
  return targetLengths ?? lengths;
}

/** Steps that an example takes in a batch: those of its input, or of its target where this has more of its own. */
export function lengthOf({ offsets, targets }: Pick<Examples, 'offsets' | 'targets'>, example: number): number {
  const own = ownOffsets(targets);
  return Math.max(stepsBetween(offsets, example), own === null ? 0 : stepsBetween(own, example));
}

function ownOffsets(targets: DatasetTargets | null): Int32Array | null {
  return targets?.kind === 'classes' && targets.perStep ? (targets.offsets ?? null) : null;
}

function stepsBetween(offsets: Int32Array, example: number): number {
  const start = offsets[example];
  const end = offsets[example + 1];
  if (start === undefined || end === undefined) throw new Error(`no example ${example}`);
  return end - start;
}

function inChunks(items: readonly number[], size: number): Int32Array[] {
  const chunks: Int32Array[] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(new Int32Array(items.slice(start, start + size)));
  return chunks;
}
