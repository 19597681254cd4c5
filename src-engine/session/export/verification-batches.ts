import { makeBatch } from '../../data/batches/batching.ts';
import { readBatch } from '../../data/batches/batch-file.ts';
import type { Batch, Dataset } from '../../data/dataset.ts';
import type { ExportFormat } from '../../document/export-formats.ts';
import { hasOwnSteps, type DataSignature, type InputSignature } from '../../document/signature.ts';
import { firstWindow } from '../../train/windows.ts';

/** Examples an export is compared on. */
const EXAMPLES = 32;
/** Numbers they may have for answers: with a large vocabulary there are fewer examples, and the first steps of a long one. */
const NUMBERS = 4_000_000;
/** The same where they are written into a project, and where unroll-runtime has to compute them. */
const FEWER: Readonly<Partial<Record<ExportFormat, number>>> = { pytorch: 100_000, keras: 100_000, json: 400_000, runtime: 400_000 };
/** Rows of the first batches; what is left is the last one. */
const SIZES = [1, 7];
const LONGEST = 24;

/** Held-out examples in batches of 1, of 7, and of the rest: an export must answer to each. */
export function heldOutBatches(dataset: Dataset, format: ExportFormat): readonly Batch[] {
  const numbers = FEWER[format] ?? NUMBERS;
  const part = dataset.split.test.length > 0 ? dataset.split.test : dataset.split.train;
  const { output, input, longest } = dataset.signature;
  const width = output.kind === 'classes' ? output.classes.length : output.width;
  const steps = output.perStep ? longest : 1;
  const count = Math.min(EXAMPLES, Math.max(1, Math.floor(numbers / (width * Math.max(1, steps)))));
  return inBatches(part.subarray(0, count)).map((examples) => {
    const whole = makeBatch(dataset, examples, examples.length);
    const isCut = steps > 1 && !hasOwnSteps(output) && input.kind !== 'vector';
    return isCut ? firstWindow(whole, Math.max(1, Math.floor(numbers / width))) : whole;
  });
}

/** Made-up examples for a model whose data is not there: of different lengths, the same at each call, tokens from all over the vocabulary, features within three deviations of their mean. */
export function madeUpBatches(signature: DataSignature): readonly Batch[] {
  return inBatches(Int32Array.from({ length: 16 }, (_, place) => place)).map((places) =>
    readBatch(JSON.stringify(madeUpRows(places, signature.input)), signature, { targets: false }),
  );
}

function inBatches(examples: Int32Array): readonly Int32Array[] {
  const batches: Int32Array[] = [];
  let begin = 0;
  for (const size of [...SIZES, examples.length]) {
    if (begin < examples.length) batches.push(examples.subarray(begin, begin + size));
    begin += size;
  }
  return batches;
}

function madeUpRows(places: Int32Array, input: InputSignature): object {
  const rows = Array.from(places, (place) => Array.from({ length: 1 + ((place * 5) % LONGEST) }, (_, step) => place * LONGEST + step));
  if (input.kind === 'tokens') return { sequences: rows.map((steps) => steps.map((step) => (step * 31) % input.vocabulary.length)) };
  if (input.kind === 'vector') return { vectors: rows.map(([place = 0]) => featuresAt(place, input)) };
  return { sequences: rows.map((steps) => steps.map((step) => featuresAt(step, input))) };
}

function featuresAt(place: number, { width, normalisation }: Exclude<InputSignature, { kind: 'tokens' }>): readonly number[] {
  return Array.from({ length: width }, (_, column) => {
    const z = 3 * Math.sin(place * 1.7 + column * 2.3);
    return (normalisation?.mean[column] ?? 0) + z * (normalisation?.deviation[column] ?? 1);
  });
}
