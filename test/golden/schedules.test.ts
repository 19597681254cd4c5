import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FRESH_COURSE, validated } from '../../src-engine/train/course.ts';
import { rateFactor, type ScheduleOptions } from '../../src-engine/train/schedule.ts';

/** One file of make_training_golden.py. */
interface ScheduleGolden {
  readonly every: number;
  readonly factor: number;
  readonly final: number;
  readonly total: number;
  readonly patience: number;
  readonly losses: readonly number[];
  /** Shares of the first rate: before the first epoch (or update), and after each. */
  readonly rates: readonly number[];
}

function read(name: string): ScheduleGolden {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'schedules', `${name}.json`), 'utf8')) as ScheduleGolden;
}

const START = { step: 0, epochsEnded: 0, totalSteps: 100, plateauFactor: 1 };

function closeTo(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, rate] of actual.entries()) expect(rate).toBeCloseTo(expected[index]!, 8);
}

it('step: the rates of torch.optim.lr_scheduler.StepLR', () => {
  const { every, factor, rates } = read('step');
  closeTo(
    rates.map((_, epochsEnded) => rateFactor({ kind: 'step', every, factor }, { ...START, epochsEnded })),
    rates,
  );
});

it('cosine: the rates of CosineAnnealingLR, and the last one ever after', () => {
  const { final, total, rates } = read('cosine');
  const rate = (step: number) => rateFactor({ kind: 'cosine', final }, { ...START, step, totalSteps: total });
  closeTo(
    rates.map((_, step) => rate(step)),
    rates,
  );
  expect(rate(1000)).toBeCloseTo(final, 12);
});

it('plateau: the rates of ReduceLROnPlateau', () => {
  const { factor, patience, losses, rates } = read('plateau');
  const schedule: ScheduleOptions = { kind: 'plateau', factor, patience };
  let course = FRESH_COURSE;
  const found = [1];
  for (const [epoch, loss] of losses.entries()) {
    ({ course } = validated(course, { loss, score: 0 }, { epoch, step: epoch }, schedule, null));
    found.push(rateFactor(schedule, { ...START, plateauFactor: course.plateau.factor }));
  }
  closeTo(found, rates);
});

it('warm-up rises evenly to the schedule it comes before; the cosine begins after it', () => {
  const constant: ScheduleOptions = { kind: 'constant', warmup: 4 };
  expect([0, 1, 2, 3, 4, 5].map((step) => rateFactor(constant, { ...START, step }))).toEqual([0.25, 0.5, 0.75, 1, 1, 1]);
  const cosine: ScheduleOptions = { kind: 'cosine', final: 0, warmup: 4 };
  expect(rateFactor(cosine, { ...START, step: 4 })).toBe(1);
  expect(rateFactor(cosine, { ...START, step: 52 })).toBeCloseTo(0.5, 12);
});
