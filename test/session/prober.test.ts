import { beforeAll, describe, expect, it } from 'vitest';
import { decodeProbeFrame } from '../../src-engine/history/decode-frames.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { ProbePace } from '../../src-engine/session/probes/probe-pace.ts';
import { engineFiles, openSession, scenarioProject } from './session-fixture.ts';

let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

async function trained(steps: number, first: 'start' | 'step') {
  const { session, heard, next } = openSession(engine);
  await session.handlers.open({ project: scenarioProject('names'), threads: 1 });
  await session.handlers.setProbeEvery({ milliseconds: 10 });
  if (first === 'step') await session.handlers.step({});
  await session.handlers.start({ steps });
  await next('done');
  const frames = heard.flatMap((each) => (each.event === 'probe' ? [decodeProbeFrame(each.payload)] : []));
  return { frames, heard };
}

describe('the frames of a run', () => {
  it('begin with the weights before the first update, though that update comes first', async () => {
    const { frames, heard } = await trained(150, 'start');
    const stepped = await trained(150, 'step');
    expect(frames[0]?.step).toBe(0);
    expect(frames[0]).toEqual(stepped.frames[0]);
    const steps = frames.map(({ step }) => step);
    expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
    expect(heard.findIndex(({ event }) => event === 'losses')).toBeLessThan(heard.findIndex(({ event }) => event === 'probe'));
  });

  it('end with the weights that the training ends with, and stop with those where it was held', async () => {
    const { session, heard, next } = openSession(engine);
    const shown = (): readonly number[] => heard.flatMap((each) => (each.event === 'probe' ? [decodeProbeFrame(each.payload).step] : []));
    await session.handlers.open({ project: scenarioProject('names'), threads: 1 });
    await session.handlers.setProbeEvery({ milliseconds: 1_000_000 });
    await session.handlers.start({ steps: 40 });
    await next('done');
    expect(shown()).toEqual([0, 40]);
    heard.length = 0;
    await session.handlers.start({ steps: 1_000_000 });
    await next('progress');
    const { step } = await session.handlers.pause({});
    expect(step).toBeGreaterThan(40);
    expect(shown()).toEqual([step]);
    await session.handlers.pause({});
    expect(shown(), 'nothing new to show').toEqual([step]);
  });

  it('say how often they come and what they cost, once there are two', async () => {
    const { session, heard } = openSession(engine);
    await session.handlers.open({ project: scenarioProject('names'), threads: 1 });
    for (let step = 0; step < 3; step++) await session.handlers.step({});
    const rates = heard.flatMap((each) => (each.event === 'progress' ? [each.payload.probing] : []));
    expect(rates[0]).toBeNull();
    expect(rates.at(-1)!.every).toBeGreaterThan(0);
    expect(rates.at(-1)!.share).toBeGreaterThan(0);
    expect(rates.at(-1)!.share).toBeLessThanOrEqual(1);
  });
});

describe('the pace of probes', () => {
  it('is counted in training time, so that a pause changes nothing', () => {
    const pace = new ProbePace();
    expect(pace.rate).toBeNull();
    pace.begin(1000, 20);
    pace.charge(4);
    expect(pace.rate).toBeNull();
    pace.begin(99_000, 220);
    pace.charge(100);
    expect(pace.rate, 'the last one has not had its time yet').toEqual({ every: 200, share: 0.02 });
    pace.begin(200_000, 2220);
    expect(pace.rate).toEqual({ every: 1100, share: 104 / 2200 });
    pace.restart();
    expect(pace.rate).toBeNull();
  });

  it('waits twenty-five times the usual cost, also after one probe that was held up', () => {
    const pace = new ProbePace();
    let now = 0;
    const waits: number[] = [];
    for (const cost of [20, 20, 20, 18_000, 20, 20, 20, 20]) {
      pace.begin(now, now);
      pace.charge(cost);
      const began = now;
      for (now += cost; !pace.isDue(now); now += 10);
      waits.push(now - began - cost);
    }
    expect(Math.max(...waits)).toBeLessThanOrEqual(510);
    expect(Math.min(...waits.filter((wait) => wait > 0))).toBeGreaterThanOrEqual(470);
  });
});
