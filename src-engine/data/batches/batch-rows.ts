import { targetLengthsOf } from './batching.ts';
import type { Batch } from '../dataset.ts';

/** Row b of a batch, `count` times; as many steps as its input or its target has. */
export function copiesOfRow(batch: Batch, b: number, count: number): Batch {
  const length = batch.lengths[b] ?? 0;
  const targetLength = targetLengthsOf(batch)[b] ?? 0;
  const steps = Math.max(length, targetLength);
  const all = (value: number): Int32Array => new Int32Array(count).fill(value);
  const place: Place = { size: batch.size, b, count };
  const { inputs, targets } = batch;
  return {
    rows: count,
    size: count,
    steps,
    lengths: all(length),
    ...(batch.targetLengths === undefined ? {} : { targetLengths: all(targetLength) }),
    inputs: copiedInputs(inputs, steps, place),
    targets: targets === null ? null : copiedTargets(targets, targets.perStep ? steps : 1, place),
  };
}

interface Place {
  readonly size: number;
  readonly b: number;
  readonly count: number;
}

function copiedInputs(inputs: Batch['inputs'], steps: number, place: Place): Batch['inputs'] {
  if (inputs.kind === 'tokens') return { kind: 'tokens', ids: copied(inputs.ids, new Int32Array(steps * place.count), 1, place) };
  const rows = (inputs.kind === 'vectors' ? 1 : steps) * place.count;
  return { ...inputs, values: copied(inputs.values, new Float32Array(rows * inputs.width), inputs.width, place) };
}

function copiedTargets(targets: NonNullable<Batch['targets']>, steps: number, place: Place): NonNullable<Batch['targets']> {
  if (targets.kind === 'classes') return { ...targets, values: copied(targets.values, new Int32Array(steps * place.count), 1, place) };
  return { ...targets, values: copied(targets.values, new Float32Array(steps * place.count * targets.width), targets.width, place) };
}

/** [T,B,width] to [T,count,width], every row what row b was; the steps that the result has room for. */
function copied<A extends Int32Array | Float32Array>(source: A, result: A, width: number, { size, b, count }: Place): A {
  for (let row = 0; row < result.length / width; row++) {
    const from = (Math.floor(row / count) * size + b) * width;
    result.set(source.subarray(from, from + width), row * width);
  }
  return result;
}
