import type { Dataset } from '../../../data/dataset.ts';
import type { Part } from '../../../data/batches/batching.ts';
import type { Normalisation } from '../../../document/signature.ts';

/** Steps of a whole data set that are written beside the code; of a larger one nothing is. */
export const MOST_STEPS = 20_000_000;

/** A part of a data set as JSON lines `{"x": ..., "y": ...}`, as `data.py` reads them: tokens and classes by their names, numbers in the unit of the data. */
export function dataLines(dataset: Dataset, part: Part): string {
  return Array.from(dataset.split[part], (example) => `${JSON.stringify({ x: inputOf(dataset, example), y: targetOf(dataset, example) })}\n`).join('');
}

function inputOf({ inputs, signature, offsets }: Dataset, example: number): unknown {
  const { input } = signature;
  const [begin, end] = bounds(offsets, example);
  if (inputs.kind === 'tokens') return Array.from(inputs.ids.subarray(begin, end), (id) => (input.kind === 'tokens' ? input.vocabulary[id] : undefined) ?? id);
  const normalisation = input.kind === 'tokens' ? null : input.normalisation;
  if (inputs.kind === 'vectors') return inUnits(inputs.values, example, inputs.width, normalisation);
  return rows(begin, end, (row) => inUnits(inputs.values, row, inputs.width, normalisation));
}

function targetOf({ targets, signature, offsets }: Dataset, example: number): unknown {
  const { output } = signature;
  if (targets.kind === 'classes') {
    const name = (place: number | undefined): string | number | null =>
      place === undefined || place < 0 ? null : ((output.kind === 'classes' ? output.classes[place] : undefined) ?? place);
    if (!targets.perStep) return name(targets.values[example]);
    const [begin, end] = bounds(targets.offsets ?? offsets, example);
    return Array.from(targets.values.subarray(begin, end), name);
  }
  const normalisation = output.kind === 'numbers' ? output.normalisation : null;
  const numbers = (row: number): readonly number[] => inUnits(targets.values, row, targets.width, normalisation);
  if (!targets.perStep) return numbers(example);
  return rows(...bounds(offsets, example), numbers);
}

function bounds(offsets: Int32Array, example: number): readonly [number, number] {
  return [offsets[example] ?? 0, offsets[example + 1] ?? 0];
}

function rows<T>(begin: number, end: number, row: (index: number) => T): readonly T[] {
  return Array.from({ length: end - begin }, (_, step) => row(begin + step));
}

function inUnits(values: Float32Array, row: number, width: number, normalisation: Normalisation | null): readonly number[] {
  return Array.from(values.subarray(row * width, (row + 1) * width), (value, column) =>
    normalisation === null
      ? Number(value.toPrecision(9))
      : Number((value * (normalisation.deviation[column] ?? 1) + (normalisation.mean[column] ?? 0)).toPrecision(12)),
  );
}
