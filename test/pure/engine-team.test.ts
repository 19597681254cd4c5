import { fc } from '../fixtures/laws.ts';
import { describe, expect, it } from 'vitest';
import { SETTING_CLIP_MAX, SETTING_LEARNING_RATE } from '../../src-engine/ir/opcodes.ts';
import type { Machine } from '../../src-engine/run/machine.ts';
import { buildKernels } from '../kernels/build-kernels.ts';
import { anyModel, drawnModel, randomBatch, randomValues, type ModelSpec } from './arbitrary-model.ts';
import { EngineUnderTest, modelOf, resultOf } from './engine-under-test.ts';
import { InterleavedMachine, ORDERS } from './interleaved-machine.ts';

/** Everything a step leaves behind: outputs, loss, gradients, norms of hidden states and copies, updated parameters. */
function afterStep(spec: ModelSpec, machine: Machine, lengths: readonly number[], seed: number): unknown {
  const { graph, signature } = drawnModel(spec);
  const batch = randomBatch(signature, lengths, seed);
  const engine = new EngineUnderTest(modelOf(graph, signature), machine, batch, { copies: true, reduce: 'mean' });
  engine.write(randomValues(engine.parameters, seed, 0.5));
  const result = resultOf(engine, batch);
  const norms = engine.gradientNorms(batch);
  machine.writeFloats(engine.program.shared.settings + SETTING_LEARNING_RATE, [0.1]);
  machine.writeFloats(engine.program.shared.settings + SETTING_CLIP_MAX, [0.5]);
  machine.run(engine.program.sections.update);
  return { ...result, norms, parameters: engine.read(), copies: engine.copyGradients() };
}

describe('a team of any size', async () => {
  const binary = await buildKernels('simd');
  const lengths = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 9 });

  it.each(ORDERS)('gives the bits of one thread, whoever comes first between the barriers: %j', (...order) => {
    fc.assert(
      fc.property(anyModel({ min: 1, max: 12 }), lengths, fc.integer({ min: 0, max: 1e6 }), (spec, rows, seed) => {
        const alone = afterStep(spec, new InterleavedMachine(binary, [0]), rows, seed);
        expect(afterStep(spec, new InterleavedMachine(binary, order), rows, seed)).toEqual(alone);
      }),
      { seed: 20050601, numRuns: 15 },
    );
  });
});
