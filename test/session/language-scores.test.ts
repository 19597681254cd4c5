import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { openProject } from '../../src-engine/session/open-project.ts';
import { engineFiles, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

/** Mean loss, in nats, of the last ten of so many updates, and the baseline's. */
async function lossAfter(id: string, updates: number): Promise<{ readonly loss: number; readonly baseline: number }> {
  const opening = await openProject(scenarioProject(id), null, engine, 2 ** 34);
  if (!opening.ok) throw new Error(opening.problems.map(({ message }) => message).join('\n'));
  const { run, dataset } = opening.opened;
  const losses = Array.from({ length: updates }, () => run.trainStep().loss);
  run.close();
  return { loss: losses.slice(-10).reduce((sum, loss) => sum + loss, 0) / 10, baseline: dataset.baseline.score };
}

/** The whole way to the scores of the cards takes minutes; here only that each model is past what frequencies alone can say. */
describe('the language templates learn more than frequencies', () => {
  test('next character: below the entropy of characters after 50 updates', async () => {
    const { loss, baseline } = await lossAfter('next-character', 50);
    expect(loss / Math.LN2).toBeLessThan(baseline - 0.5);
  });

  test('next word: below the perplexity of word frequencies after 80 updates', async () => {
    const { loss, baseline } = await lossAfter('next-word', 80);
    expect(Math.exp(loss)).toBeLessThan(baseline);
  });
});
