import type { Dataset } from '../../src-engine/data/dataset.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { randomBatch } from './arbitrary-model.ts';

/** Random examples of 1 to `longest` steps (no multiple of 11); the last 8 are for validation and test. */
export function datasetOfLengths(signature: DataSignature, count: number, longest: number): Dataset {
  const lengths = Array.from({ length: count }, (_, n) => 1 + ((n * 11) % longest));
  const rows = lengths.map((length, n) => randomBatch(signature, [length], longest + n));
  const offsets = Int32Array.from([0, ...lengths]);
  for (let n = 1; n < offsets.length; n++) offsets[n]! += offsets[n - 1]!;
  const range = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, n) => from + n);
  const { input, output } = signature;
  const targets = rows.flatMap((row) => [...row.targets!.values]);
  const inputs = rows.flatMap((row) => [...(row.inputs.kind === 'tokens' ? row.inputs.ids : row.inputs.values)]);
  return {
    source: 'test',
    title: 'Test',
    generated: true,
    signature,
    count,
    offsets,
    inputs:
      input.kind === 'tokens' ? { kind: 'tokens', ids: Int32Array.from(inputs) } : { kind: 'features', width: input.width, values: Float32Array.from(inputs) },
    targets:
      output.kind === 'classes'
        ? { kind: 'classes', perStep: output.perStep, values: Int32Array.from(targets) }
        : { kind: 'numbers', perStep: output.perStep, width: output.width, values: Float32Array.from(targets) },
    split: { train: range(0, count - 8), validation: range(count - 8, count - 4), test: range(count - 4, count) },
    baseline: { name: 'none', metric: 'accuracy', score: 0 },
    vectors: {},
    describe: String,
  };
}
