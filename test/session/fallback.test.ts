import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKernels, type KernelFiles, type Kernels } from '../../src-engine/kernels/load-kernels.ts';
import { loadEngineFiles } from '../../src-engine/session/engine-files.ts';
import { decodeLossFrame } from '../../src-engine/history/decode-frames.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

const ENGINE = join(import.meta.dirname, '../../out/engine');
const STEPS = 3;

beforeAll(async () => {
  await engineFiles();
});

async function files(): Promise<KernelFiles> {
  const read = async (name: string) => Uint8Array.from(await readFile(join(ENGINE, `kernels-${name}.wasm`)));
  return { relaxed: await read('relaxed'), simd: await read('simd') };
}

describe('kernels', () => {
  it('are the fastest that the machine takes: relaxed SIMD, plain SIMD, else the reference', async () => {
    const both = await files();
    const refused = Uint8Array.of(0, 97, 115, 109, 2, 0, 0, 0);
    expect((await loadKernels(both)).kind).toBe('relaxed');
    expect((await loadKernels({ ...both, relaxed: refused })).kind).toBe('simd');
    expect((await loadKernels({ relaxed: refused, simd: refused })).kind).toBe('reference');
    await expect(loadKernels({ ...both, relaxed: refused }, 'relaxed')).rejects.toThrow('relaxed');
  });

  it('of each kind, when forced, carry a whole session, with the same losses', async () => {
    const expected = await lossesOf('reference');
    expect(expected).toHaveLength(STEPS);
    for (const kind of ['relaxed', 'simd'] as const) {
      for (const [step, loss] of (await lossesOf(kind)).entries()) expect(loss).toBeCloseTo(expected[step]!, 5);
    }
  });
});

/** Train losses of the first updates of a template. */
async function lossesOf(kind: Kernels['kind']): Promise<readonly number[]> {
  const engine = await loadEngineFiles(ENGINE, kind);
  expect(engine.kernels.kind).toBe(kind);
  const { session, heard } = openSession(engine);
  const project = scenarioProject('names');
  const { problems } = await session.handlers.open({ project: { ...project, training: { ...project.training, batchSize: 4 } } });
  expect(problems).toEqual([]);
  for (let step = 0; step < STEPS; step++) await session.handlers.step({});
  session.close();
  return heard.flatMap((each) => (each.event === 'losses' ? [...decodeLossFrame(each.payload).trainLoss] : []));
}
