import { beforeEach, describe, expect, it } from 'vitest';
import { LossSeries } from '../../src-engine/history/loss-series.ts';
import type { RunSummary } from '../../src-main/contract.ts';
import { lossData } from '../../src-renderer/panels/loss/loss-data.ts';
import { overlayLook, withOverlays } from '../../src-renderer/panels/loss/overlay-curves.ts';
import { compareCurves } from '../../src-renderer/panels/runs/compare-curves.ts';
import { differenceText, runScore, stateText } from '../../src-renderer/panels/runs/run-words.ts';
import { emptyHistory } from '../../src-renderer/state/run-store.ts';
import { comparedRuns, MOST_PAST, rememberPast, runsStore, shownRuns, type PastRun } from '../../src-renderer/state/runs/runs-store.ts';

function series(steps: readonly number[], loss: (step: number) => number): LossSeries {
  const made = new LossSeries();
  const step = Float64Array.from(steps);
  const none = new Float64Array(step.length);
  made.append({ step, trainLoss: step.map(loss), learningRate: none, gradientNorm: none, clipped: none });
  return made;
}

function past(id: string, own: LossSeries): PastRun {
  return { id, project: null, probeLayers: [], history: { ...emptyHistory(), series: own, points: own.length } };
}

const summary = (id: string, more: Partial<RunSummary>): RunSummary => ({
  id,
  own: true,
  projectName: 'P',
  name: id,
  started: 0,
  ended: 1,
  pinned: null,
  state: 'done',
  difference: [],
  steps: 1,
  seconds: 1,
  loss: 1,
  score: null,
  parameters: 1,
  hasWeights: false,
  bytes: 0,
  ...more,
});

describe('kept runs over the loss', () => {
  const range = { from: 0, to: 100 };
  const present = series([1, 2, 3, 4], (step) => step);
  const data = lossData({ series: present, smoothed: present.mean, validations: [], range, buckets: 100, log: false });

  it('stand on one ascending x with the present curve, each where it has points', () => {
    const kept = past(
      'a',
      series([2, 6, 9], (step) => 10 * step),
    );
    const picture = withOverlays(data, { runs: [{ ...kept, name: 'Run 1', place: 1 }], range, buckets: 100, log: false, weight: 0 });
    expect(picture.step).toEqual([1, 2, 3, 4, 6, 9]);
    expect(picture.smoothed.slice(0, 4)).toEqual([1, 2, 3, 4]);
    expect(picture.smoothed.slice(4).every((value) => value === undefined)).toBe(true);
    expect(picture.overlays).toMatchObject([{ name: 'Run 1', colour: overlayLook(1).colour }]);
    expect(picture.overlays[0]?.values.map((value) => value ?? null)).toEqual([null, 20, null, null, 60, 90]);
  });

  it('change nothing where there are none', () => {
    expect(withOverlays(data, { runs: [], range, buckets: 100, log: false, weight: 0 })).toEqual({ ...data, overlays: [] });
  });
});

describe('two runs side by side', () => {
  it('have one x axis and one y axis, which hold both', () => {
    const compared = compareCurves(
      [
        past(
          'a',
          series([1, 50], () => 4),
        ),
        past(
          'b',
          series([1, 90], () => 0.5),
        ),
      ],
      0,
    );
    expect(compared.scales.x).toEqual({ min: 0, max: 90 });
    expect(compared.scales.loss).toEqual({ min: 0, max: 4 * 1.08 });
    expect(compared.runs.map((run) => run?.data.step.at(-1))).toEqual([50, 90]);
  });

  it('wait for one that is still read', () => {
    const compared = compareCurves(
      [
        past(
          'a',
          series([1, 2], () => 1),
        ),
        null,
      ],
      0.5,
    );
    expect(compared.runs[1]).toBeUndefined();
    expect(compared.scales.loss.max).toBeCloseTo(1.08);
  });
});

describe('the window’s store of runs', () => {
  beforeEach(() => {
    runsStore.setState(runsStore.getInitialState(), true);
  });

  it('shows this project or all, and compares the two pinned last in the order they were trained', () => {
    const runs = [
      summary('c', { started: 3, pinned: 10 }),
      summary('b', { started: 2, pinned: 30, own: false }),
      summary('a', { started: 1, pinned: 20 }),
      summary('n', {}),
    ];
    expect(shownRuns({ runs, scope: 'own' }).map(({ id }) => id)).toEqual(['c', 'a', 'n']);
    expect(comparedRuns({ runs, scope: 'own' }).map(({ id }) => id)).toEqual(['a', 'c']);
    expect(comparedRuns({ runs, scope: 'all' }).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(comparedRuns({ runs: null, scope: 'all' })).toEqual([]);
  });

  it('holds the history of a few runs at once, the latest read', () => {
    for (let index = 0; index < 3 * MOST_PAST; index++) rememberPast(past(`r${String(index)}`, new LossSeries()));
    const { past: held } = runsStore.getState();
    expect(held).toHaveLength(MOST_PAST);
    expect(held.at(-1)?.id).toBe(`r${String(3 * MOST_PAST - 1)}`);
  });
});

describe('a run in words', () => {
  it('says what it changed, and what came of it', () => {
    expect([null, [], ['RNN → LSTM', 'units 64 → 28']].map(differenceText)).toEqual(['first run', 'nothing changed', 'RNN → LSTM · units 64 → 28']);
    expect(runScore({ score: { part: 'test', metric: 'accuracy', score: 0.857 } })).toEqual({ text: '85.7 %', about: 'test accuracy' });
    expect(runScore({ score: null })).toBeNull();
    expect((['running', 'failed', 'interrupted'] as const).map(stateText)).toEqual(['training', 'not finite', 'interrupted']);
  });
});
