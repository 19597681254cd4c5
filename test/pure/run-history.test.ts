import { describe, expect, it } from 'vitest';
import type { LossPoints, Probe } from '../../src-engine/history/decode-frames.ts';
import { rememberFrame } from '../../src-engine/history/remember-frame.ts';
import { LossSeries } from '../../src-engine/history/loss-series.ts';

function points(from: number, count: number, learningRate = 0.01): LossPoints {
  const step = Float64Array.from({ length: count }, (_, index) => from + index);
  return {
    step,
    trainLoss: step.map((each) => 1 / each),
    learningRate: new Float64Array(count).fill(learningRate),
    gradientNorm: new Float64Array(count),
    clipped: new Float64Array(count),
  };
}

function frame(step: number): Probe {
  const one = Float32Array.of(1);
  return { step, layers: 1, steps: 1, rows: 1, gradientNorm: one, flow: one, rowsAtStep: one, lagFlow: one };
}

describe('LossSeries', () => {
  it('keeps every point of a long run', () => {
    const series = new LossSeries();
    for (let from = 1; from <= 100_000; from += 500) series.append(points(from, 500));
    expect(series.length).toBe(100_000);
    expect(series.step[99_999]).toBe(100_000);
    expect(series.trainLoss[0]).toBe(1);
    expect(series.trainLoss[49_999]).toBe(1 / 50_000);
  });

  it('stays bounded over 10 million points: first and last, extremes and what is not finite stay, and the curve keeps its shape', () => {
    const most = 2 ** 14;
    const series = new LossSeries(most);
    const total = 10_000_000;
    const curve = (step: number): number => 4 * Math.exp(-step / 2e6) + 0.2 * Math.sin(step / 3e5) + 1;
    const [spike, broken] = [3_141_592, 6_000_001];
    for (let from = 1; from <= total; from += 5000) {
      const block = points(from, 5000);
      for (const [index, step] of block.step.entries()) {
        block.trainLoss[index] = step === spike ? 1000 : step === broken ? Number.NaN : curve(step) + 0.1 * ((step * 7919) % 11) - 0.5;
      }
      series.append(block);
      if (series.length > most) expect(series.length).toBeLessThanOrEqual(most);
    }
    const steps = series.step.subarray(0, series.length);
    expect(series.step.length).toBe(most);
    expect([steps[0], steps.at(-1)]).toEqual([1, total]);
    expect(steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0))).toBe(true);
    expect(series.trainLoss[steps.indexOf(spike)]).toBe(1000);
    expect(series.trainLoss[steps.indexOf(broken)]).toBeNaN();
    expect(series.count.subarray(0, series.length).reduce((sum, each) => sum + each, 0)).toBeCloseTo(total, 3);
    let widest = 0;
    for (let index = 1; index < series.length; index++) {
      widest = Math.max(widest, (steps[index] ?? 0) - (steps[index - 1] ?? 0));
      if (steps[index] === spike || steps[index - 1] === spike || steps[index] === broken) continue;
      if ((series.count[index] ?? 0) > 100)
        expect(Math.abs((series.mean[index] ?? 0) - curve(steps[index] ?? 0)), `at step ${String(steps[index])}`).toBeLessThan(0.3);
    }
    expect(widest / total, 'no gap is wider than a pixel of a plot 1,000 wide').toBeLessThan(1 / 1000);
  }, 60_000);

  it('is read back from its bytes as it was', () => {
    const series = new LossSeries(64);
    for (let from = 1; from <= 1000; from += 10) series.append(points(from, 10));
    const again = LossSeries.decode(series.encode());
    expect(again.length).toBe(series.length);
    for (const name of ['step', 'trainLoss', 'learningRate', 'clipped', 'mean', 'count'] as const) {
      expect([...again[name].subarray(0, again.length)]).toEqual([...series[name].subarray(0, series.length)]);
    }
    expect(() => LossSeries.decode(new Uint8Array(7))).toThrow('whole number');
  });

  it('starts again where the run does', () => {
    const series = new LossSeries();
    series.append(points(1, 50));
    series.append(points(1, 3));
    expect(series.length).toBe(3);
  });

  it('takes a frame that comes twice once', () => {
    const series = new LossSeries();
    series.append(points(1, 10));
    series.append(points(6, 5));
    expect([...series.step.subarray(0, series.length)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('says where the learning rate changed', () => {
    const series = new LossSeries();
    series.append(points(1, 10, 0.01));
    series.append(points(11, 10, 0.001));
    expect(series.learningRateChanges()).toEqual([{ step: 11, learningRate: 0.001 }]);
    for (let step = 21; step <= 40; step++) series.append(points(step, 1, 0.001 / step));
    expect(series.learningRateChanges(), 'a schedule that changes it at every step is no mark').toEqual([{ step: 11, learningRate: 0.001 }]);
  });
});

describe('rememberFrame', () => {
  it('stays bounded, keeps the first and the latest, and grows coarser towards the past', () => {
    let history: readonly Probe[] = [];
    for (let step = 1; step <= 1000; step++) history = rememberFrame(history, frame(step), 40);
    expect(history.length).toBeLessThanOrEqual(40);
    expect(history[0]?.step).toBe(1);
    expect(history.at(-1)?.step).toBe(1000);
    const steps = history.map((each) => each.step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect((steps[1] ?? 0) - 1).toBeGreaterThan(1);
    expect(steps.at(-2)).toBe(999);
  });

  it('forgets frames of a run that was reset', () => {
    const history = [frame(10), frame(20)];
    expect(rememberFrame(history, frame(5)).map((each) => each.step)).toEqual([5]);
  });
});
