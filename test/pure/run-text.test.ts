import { describe, expect, it } from 'vitest';
import { NO_MEASURES } from '../../src-engine/data/measures.ts';
import { clockText, runParts, runShare } from '../../src-renderer/panels/top-bar/run-text.ts';

const status = { state: 'running', step: 120, epoch: 3, totalSteps: 1000, learningRate: 0.01 } as const;
const progress = {
  step: 128,
  epoch: 3,
  totalSteps: 1000,
  trainLoss: 0.5,
  learningRate: 0.01,
  gradientNorm: 1,
  clipped: false,
  stepsPerSecond: 412.4,
  secondsLeft: 42,
  probing: null,
};
const quiet = { status: null, progress: null, opened: null, opening: false, done: null, stopped: null, died: null, connection: 'open' } as const;
const TEN = { epochs: 10, canTrain: true };

describe('the readout of a run', () => {
  it('says epoch, step, speed and time left while it trains', () => {
    expect(runParts({ ...quiet, status, progress }, TEN)).toEqual(['epoch 3/10', 'step 128', '412 steps/s', '0:42 left']);
  });

  it('says where it paused, and how it ended', () => {
    expect(runParts({ ...quiet, status: { ...status, state: 'paused' }, progress }, TEN)[0]).toBe('paused at step 128');
    const done = {
      steps: 1000,
      seconds: 72,
      stepsPerSecond: 400,
      test: { metric: 'accuracy', score: 0.9184, loss: 0.2, baseline: 0.5, baselines: [], count: 100, measures: NO_MEASURES },
      earlyStop: null,
    } as const;
    expect(runParts({ ...quiet, status: { ...status, state: 'done' }, done }, TEN)).toEqual(['done, 1,000 steps', 'test accuracy 91.8 %', 'in 1:12']);
    const early = { ...done, earlyStop: { epoch: 3, step: 900, loss: 0.2 } };
    expect(runParts({ ...quiet, status: { ...status, state: 'done' }, done: early }, TEN)[0]).toBe('stopped early, 1,000 steps');
  });

  it('says when there is no connection before anything else', () => {
    expect(runParts({ ...quiet, status, progress, connection: 'lost' }, TEN)).toEqual(['connecting again']);
  });

  it('calls no model ready where the drawing has problems since, whatever the session still holds; what trains is told on', () => {
    const ready = { ...quiet, status: { ...status, state: 'ready' } } as const;
    expect(runParts(ready, TEN)[0]).toBe('ready');
    expect(runParts(ready, { ...TEN, canTrain: false })).toEqual(['no model ready']);
    expect(runParts({ ...quiet, status, progress }, { ...TEN, canTrain: false })[0]).toBe('epoch 3/10');
  });

  it('writes times as a clock', () => {
    expect(clockText(42.4)).toBe('0:42');
    expect(clockText(3725)).toBe('1:02:05');
  });

  it('gives the share of the steps done', () => {
    expect(runShare({ status, progress })).toBeCloseTo(0.128, 10);
    expect(runShare({ status: null, progress: null })).toBe(0);
  });
});
