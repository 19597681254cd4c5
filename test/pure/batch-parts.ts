import type { Batch } from '../../src-engine/data/dataset.ts';

/** Row b alone, without padding. */
export function rowOf(batch: Batch, b: number): Batch {
  const steps = batch.lengths[b]!;
  const inputs = batch.inputs;
  const { targets } = batch;
  return {
    rows: 1,
    size: 1,
    steps,
    lengths: Int32Array.of(steps),
    inputs:
      inputs.kind === 'tokens'
        ? { kind: 'tokens', ids: Int32Array.from(columnOf(inputs.ids, b, batch.size, steps, 1)) }
        : { ...inputs, values: Float32Array.from(columnOf(inputs.values, b, batch.size, steps, inputs.width)) },
    targets: targets === null ? null : targetsOf(targets, b, batch.size, steps),
  };
}

function targetsOf(targets: NonNullable<Batch['targets']>, b: number, size: number, steps: number): Batch['targets'] {
  const count = targets.perStep ? steps : 1;
  if (targets.kind === 'classes') return { ...targets, values: Int32Array.from(columnOf(targets.values, b, size, count, 1)) };
  return { ...targets, values: Float32Array.from(columnOf(targets.values, b, size, count, targets.width)) };
}

function columnOf(values: Int32Array | Float32Array, b: number, size: number, steps: number, width: number): number[] {
  return Array.from({ length: steps }, (_, t) => [...values.subarray((t * size + b) * width, (t * size + b + 1) * width)]).flat();
}

/** The same rows in a batch of more rows or steps; what is added is absent, and `filling` stands in the padded features. */
export function padded(batch: Batch, rows: number, steps: number, filling: number): Batch {
  const [size, total] = [batch.size + rows, batch.steps + steps];
  const spread = <A extends Int32Array | Float32Array>(from: A, to: A, count: number, width: number): A => {
    for (let t = 0; t < count; t++) to.set(from.subarray(t * batch.size * width, (t + 1) * batch.size * width), t * size * width);
    return to;
  };
  const { inputs, targets } = batch;
  const lengths = new Int32Array(size);
  lengths.set(batch.lengths);
  return {
    rows: batch.rows,
    size,
    steps: total,
    lengths,
    inputs:
      inputs.kind === 'tokens'
        ? { kind: 'tokens', ids: spread(inputs.ids, new Int32Array(total * size).fill(-1), batch.steps, 1) }
        : { ...inputs, values: spread(inputs.values, new Float32Array(total * size * inputs.width).fill(filling), batch.steps, inputs.width) },
    targets: targets === null ? null : paddedTargets(targets, spread, size, total, batch.steps),
  };
}

type Spread = <A extends Int32Array | Float32Array>(from: A, to: A, count: number, width: number) => A;

function paddedTargets(targets: NonNullable<Batch['targets']>, spread: Spread, size: number, total: number, steps: number): Batch['targets'] {
  const [rows, count] = targets.perStep ? [total * size, steps] : [size, 1];
  if (targets.kind === 'classes') return { ...targets, values: spread(targets.values, new Int32Array(rows).fill(-1), count, 1) };
  return { ...targets, values: spread(targets.values, new Float32Array(rows * targets.width), count, targets.width) };
}
