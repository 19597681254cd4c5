import { fc } from '../fixtures/laws.ts';
import { expect, it } from 'vitest';
import { compile } from '../../src-engine/compile/compile.ts';
import { DEFAULT_TRAINING } from '../../src-engine/document/defaults.ts';
import { checkMemory } from '../../src-engine/session/check-memory.ts';
import { memoryShortage } from '../../src-engine/train/memory-estimate.ts';
import { Programs } from '../../src-engine/train/model-state.ts';
import { drawnModel } from './arbitrary-model.ts';
import { modelOf } from './engine-under-test.ts';

it('names the largest batch and the longest sequence that fit, and neither where not even one does', () => {
  const whole = fc.integer({ min: 1, max: 2000 });
  fc.assert(
    fc.property(whole, whole, fc.nat(3_000_000), (batch, steps, limit) => {
      const size = (rows: number, length: number): number => 1000 + rows * length;
      const need = memoryShortage(size, batch, steps, limit, 1);
      const largest = (other: number, end: number): number | null => {
        const most = Math.floor((limit - 1000) / other);
        return most >= 1 && end > 1 ? most : null;
      };
      const bytes = size(batch, steps);
      expect(need).toEqual(bytes <= limit ? null : { bytes, batch: largest(steps, batch), steps: largest(batch, steps) });
    }),
    { seed: 3 },
  );
});

it('names a batch of 1 where 2 are too many', () => {
  const need = memoryShortage((rows, steps) => rows * steps, 2, 100, 100, 1);
  expect(need).toEqual({ bytes: 200, batch: 1, steps: 50 });
});

it('refuses with U041, the estimate and what would fit, before any memory is taken', () => {
  const { graph, signature } = drawnModel({
    input: 'features',
    layers: [{ kind: 'lstm', units: 64, peephole: false, coupled: false }],
    linked: false,
    end: 'per-step',
    head: 'softmax-head',
    sizes: { input: 4, output: 3 },
  });
  const model = modelOf(graph, signature);
  const options = { backward: true, copies: false, optimizer: 'adam', reduce: 'sum' } as const;
  const programs = new Programs((batch, steps) => compile(model, { ...options, batch, steps }));
  const training = { ...DEFAULT_TRAINING, batchSize: 2048 };
  expect(checkMemory(programs, training, 100, 'relaxed', 2 ** 34)).toEqual([]);
  const [refusal] = checkMemory(programs, training, 2000, 'relaxed', 2 ** 34);
  expect(refusal).toMatchObject({ code: 'U041', path: 'training.batchSize' });
  expect(refusal!.message).toMatch(/^Training with batches of 2048 sequences of up to 2000 steps needs [\d.]+ GiB of memory; 4\.0 GiB can be used here\.$/u);
  const fitting = Number(/Set the batch size to (\d+) or less/u.exec(refusal!.fix)![1]);
  expect(checkMemory(programs, { ...training, batchSize: fitting }, 2000, 'relaxed', 2 ** 34)).toEqual([]);
  expect(checkMemory(programs, { ...training, batchSize: fitting + 1 }, 2000, 'relaxed', 2 ** 34)).toHaveLength(1);
  // Windows of the sequences take less.
  const windows = { ...training, batchSize: fitting * 2, bptt: { mode: 'truncated', window: 500, reduce: 'sum' } } as const;
  expect(checkMemory(programs, windows, 2000, 'relaxed', 2 ** 34)).toEqual([]);
  const [wide] = checkMemory(programs, { ...windows, bptt: { ...windows.bptt, window: 1900 } }, 2000, 'relaxed', 2 ** 34);
  expect(wide!.fix).toMatch(/set the window to \d+ steps or fewer/u);
  // A machine with little memory, and the reference kernels, which take twice as much.
  expect(checkMemory(programs, { ...training, batchSize: fitting }, 2000, 'relaxed', 2 ** 31)).toHaveLength(1);
  expect(checkMemory(programs, { ...training, batchSize: fitting }, 2000, 'reference', 2 ** 34)).toHaveLength(1);
});
