import { beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '../../src-engine/document/problems.ts';
import { toBase64 } from '../../src-engine/exchange/float-arrays.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

/** The float32 that is changed: every number of this value in the file. */
type Change = (bytes: Uint8Array<ArrayBuffer>, from: Float32Array, to: Float32Array) => Uint8Array<ArrayBuffer>;

/** Bytes of one array where they stand, changed. */
const inBytes: Change = (bytes, from, to) => {
  const wanted = Buffer.from(from.buffer);
  const at = Buffer.from(bytes).indexOf(wanted);
  if (at < 0) throw new Error('the numbers are not in the file');
  const changed = bytes.slice();
  changed.set(Buffer.from(to.buffer), at);
  return changed;
};
/** The same in base64. */
const inBase64: Change = (bytes, from, to) => {
  const text = new TextDecoder().decode(bytes);
  if (!text.includes(toBase64(from))) throw new Error('the numbers are not in the file');
  return new TextEncoder().encode(text.replace(toBase64(from), toBase64(to)));
};

const CHANGES = { json: inBase64, runtime: inBase64, onnx: inBytes, safetensors: inBytes, pytorch: inBytes, keras: inBytes } as const;

/** An export whose file comes back with one number of the head's bias moved by `by`: what was said of it. */
async function attempt(format: keyof typeof CHANGES, by: number): Promise<{ readonly difference: number; readonly said: readonly string[] }> {
  let change = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => bytes;
  const { session } = openSession({ ...engine, readBack: (bytes) => change(bytes) });
  await session.handlers.open({ project: scenarioProject('names') });
  for (let update = 0; update < 3; update++) await session.handlers.step({});
  const model = JSON.parse((await session.handlers.exportModel({ arrays: true })).text) as { parameters: Record<string, { data: number[] }> };
  const bias = Float32Array.from(model.parameters['head.bias']!.data);
  change = (bytes) => CHANGES[format](bytes, bias, bias.with(0, bias[0]! + by));
  try {
    const { largestDifference, ranBy } = await session.handlers.exportFile({ format, arrays: false, name: 'mine' });
    return { difference: largestDifference, said: [ranBy ?? ''] };
  } catch (error) {
    return { difference: Infinity, said: (error as ProblemError).problems.map(({ code, message }) => `${code} ${message}`) };
  } finally {
    session.close();
  }
}

describe.each(Object.keys(CHANGES) as (keyof typeof CHANGES)[])('%s: a file that comes back with one changed number', (format) => {
  it('is not called exported where its answers are further than 1e-4 from the model', async () => {
    const { said } = await attempt(format, 0.01);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^U046 The file would not answer (in [\w -]+|when it is read back) as the model does here: they differ by up to 0\.00\d+ on 32 examples\.$/u,
    );
  });

  it('is exported with the difference said where they are not', async () => {
    const { difference } = await attempt(format, 1e-4);
    expect(difference).toBeGreaterThan(1e-6);
    expect(difference).toBeLessThan(1e-4);
  });
});
