import { beforeAll, expect, it } from 'vitest';
import { SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { engineFiles, openSession } from './session-fixture.ts';

/**
 * After one update the RNN of three-memories makes 1e-4 of a rounding error over its hundred steps: float32 then differs from the engine's own
 * float64 as much as from ONNX Runtime. After three it does not.
 */
const UPDATES = 3;

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

it.each(SCENARIOS.map(({ id, project }) => ({ id, project })))(
  '$id: JSON, ONNX and safetensors answer to held-out examples as the model does',
  async ({ project }) => {
    const { session } = openSession(engine);
    await session.handlers.open({ project: project() });
    for (let update = 0; update < UPDATES; update++) await session.handlers.step({});
    for (const format of ['json', 'onnx', 'safetensors'] as const) {
      const { largestDifference, examples } = await session.handlers.exportFile({ format, arrays: false, name: 'mine' });
      expect(largestDifference, format).toBeLessThan(1e-5);
      expect(examples).toBeGreaterThanOrEqual(1);
    }
    session.close();
  },
  180_000,
);
