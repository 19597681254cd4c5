import type { Tensor } from 'onnxruntime-web';
import type { Batch } from '../../data/dataset.ts';
import type { InputSignature } from '../../document/signature.ts';
import { paddedRows } from '../../exchange/padded-rows.ts';
import type { Answer } from '../model-runner.ts';
import { inDataUnits } from './data-units.ts';

/**
 * What ONNX Runtime answers to batches, row by row; a row has the steps that `steps` gives for it, where the model answers per step.
 * The runtime is loaded when it is asked for: nothing else pays for it.
 */
export async function onnxAnswers(
  bytes: Uint8Array,
  batches: readonly Batch[],
  input: InputSignature,
  steps: (batch: Batch) => ArrayLike<number>,
): Promise<readonly (readonly Answer[])[]> {
  const { env, InferenceSession, Tensor: Made } = await import('onnxruntime-web');
  env.wasm.numThreads = 1;
  env.logLevel = 'error';
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  try {
    const answers: (readonly Answer[])[] = [];
    for (const batch of batches) {
      const { values, shape } = paddedRows(batch);
      const feeds: Record<string, Tensor> =
        batch.inputs.kind === 'tokens'
          ? { ids: new Made('int64', BigInt64Array.from(values, BigInt), [...shape]) }
          : { x: new Made('float32', Float32Array.from(inDataUnits(values, input)), [...shape]) };
      if (session.inputNames.includes('lengths')) feeds['lengths'] = new Made('int64', BigInt64Array.from(batch.lengths, BigInt), [batch.size]);
      const results = await session.run(feeds);
      const output = results[session.outputNames[0] ?? ''];
      if (!(output?.data instanceof Float32Array)) throw new Error('the ONNX model gives no float32 numbers');
      answers.push(rowsOf(output.data, output.dims, batch, steps(batch)));
    }
    return answers;
  } finally {
    await session.release();
  }
}

/** Rows of [B,W], or of [B,T,W] the steps that count. */
function rowsOf(data: Float32Array, dims: readonly number[], { rows }: Batch, steps: ArrayLike<number>): readonly Answer[] {
  const width = dims.at(-1) ?? 0;
  const row = (index: number): readonly number[] => Array.from(data.subarray(index * width, (index + 1) * width));
  const [, most = 0] = dims;
  return Array.from({ length: rows }, (_, b) =>
    dims.length === 2 ? row(b) : Array.from({ length: Math.min(most, steps[b] ?? 0) }, (__, t) => row(b * most + t)),
  );
}
