import { describe, expect, it } from 'vitest';
import { TrainingTime } from '../../src-engine/session/training-time.ts';
import { fc } from '../fixtures/laws.ts';

const steps = (count: number) => ({ steps: count, seconds: Infinity });

describe('the time left of a run', () => {
  it('is that of an even speed, whatever it is and wherever the run began', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 1000, noNaN: true }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 0, max: 1000 }),
        (each, updates, begun, seconds, now) => {
          const time = new TrainingTime();
          time.restart(begun, seconds);
          time.begin(now);
          for (let update = 1; update <= updates; update++) time.add(now + update * each, begun + update);
          const left = time.secondsLeft(begun + updates, steps(begun + updates + 100)) ?? Number.NaN;
          expect(Math.abs(left / (each / 10) - 1)).toBeLessThan(1e-6);
          expect(time.seconds).toBeCloseTo(seconds + (updates * each) / 1000, 6);
        },
      ),
    );
  });

  it('follows a machine that becomes slower once a half as long again has been trained', () => {
    const time = new TrainingTime();
    time.restart();
    for (let step = 1; step <= 1000; step++) time.add(step, step);
    for (let step = 1001; step <= 1250; step++) time.add(1000 + (step - 1000) * 2, step);
    // Halfway between: the mean over the whole run would say 1.2 s.
    expect(time.secondsLeft(1250, steps(2250))).toBeCloseTo(2, 1);
    expect(time.stepsPerSecond(1250)).toBeCloseTo(833.3, 1);
  });

  it('counts what stands between two updates, and no pause', () => {
    const time = new TrainingTime();
    time.restart();
    time.begin(0);
    for (const now of [1, 2, 9, 10]) time.add(now, now);
    time.begin(5000);
    time.add(5010, 20);
    expect(time.milliseconds).toBe(20);
    expect(time.stepsPerSecond(20)).toBeCloseTo(1000);
  });

  it('is cut by the seconds that the run may take, counted from its begin', () => {
    const time = new TrainingTime();
    time.restart(10, 4);
    expect(time.secondsLeft(10, { steps: Infinity, seconds: 6 })).toBe(2);
    expect(time.secondsLeft(10, steps(20)), 'no update yet').toBeNull();
    time.begin(90_000);
    time.add(90_500, 11);
    expect(time.secondsLeft(11, { steps: Infinity, seconds: 6 })).toBe(1.5);
    expect(time.secondsLeft(11, { steps: 13, seconds: 6 })).toBe(1);
    expect(time.secondsLeft(14, { steps: 13, seconds: 6 }), 'beyond its end').toBe(0);
  });
});
