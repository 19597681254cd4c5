import { beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../src-engine/analyze/diagnosis.ts';
import { setParam } from '../../src-engine/document/edits.ts';
import { gradientRemedies } from '../../src-engine/document/remedies/gradient-remedies.ts';
import { judgeRemedy, type Judgement, type RunMeasure } from '../../src-engine/document/remedies/judge-remedy.ts';
import type { RemedyKind } from '../../src-engine/document/remedies/remedy-kinds.ts';
import type { NodeId, Project } from '../../src-engine/document/project.ts';
import type { EngineFiles } from '../../src-engine/session/engine-files.ts';
import { openProject } from '../../src-engine/session/open-project.ts';
import { engineFiles, scenarioProject } from './session-fixture.ts';

/*
 * Whether the remedies cure: real trainings, before and after at the same step, judged as the window judges them. Each takes about a second on a quiet
 * machine. What they reach is asserted in its direction, with the room that a change of the kernels' last bits needs.
 */

const MINUTE = 60_000;
const rnn1 = 'rnn1' as NodeId;
let engine: EngineFiles;
beforeAll(async () => {
  engine = await engineFiles();
});

interface Trained extends RunMeasure {
  readonly verdict: string;
  /** Where a number ceased to be finite; null where none did. */
  readonly stopped: string | null;
}

async function train(project: Project, steps: number): Promise<Trained> {
  const opening = await openProject(project, null, engine, 2 ** 34);
  if (!opening.ok) throw new Error(JSON.stringify(opening.problems));
  const { run } = opening.opened;
  const losses: number[] = [];
  let norm = 0;
  let stopped: string | null = null;
  while (stopped === null && losses.length < steps) {
    const report = run.trainStep();
    losses.push(report.loss);
    norm = Math.max(norm, report.norm);
    if (report.nonFinite !== null) stopped = `${report.nonFinite.quantity} of ${report.nonFinite.layer}`;
  }
  const { factorPerStep, verdict } = diagnose(run.probe().lagFlow[0] ?? []);
  run.close();
  const loss = stopped === null ? losses.slice(-20).reduce((sum, each) => sum + each, 0) / 20 : Number.NaN;
  return { step: losses.length, factor: factorPerStep, loss, norm, verdict, stopped };
}

interface Tried extends Judgement {
  readonly after: Trained;
}

/** Every remedy that the window would offer, by kind, each trained for as many steps. */
async function tryAll(project: Project, fault: 'vanishing' | 'exploding', before: Trained, steps: number): Promise<Map<RemedyKind, Tried>> {
  const opening = await openProject(project, null, engine, 2 ** 34);
  if (!opening.ok) throw new Error(JSON.stringify(opening.problems));
  opening.opened.run.close();
  const tried = new Map<RemedyKind, Tried>();
  for (const { kind, label, predicts, project: changed } of gradientRemedies(project, rnn1, opening.opened.dataset.signature, fault)) {
    const after = await train(changed, steps);
    const judgement = judgeRemedy(predicts.number, before, after);
    tried.set(kind, { ...judgement, after });
    console.log(`${label}: ${judgement.verdict}; before ${text(before)}, after ${text(after)}`);
  }
  return tried;
}

const text = ({ factor, loss, norm }: Trained): string =>
  `factor ${factor?.toFixed(2) ?? 'none'}, loss ${loss.toFixed(3)}, largest norm ${norm.toExponential(1)}`;

const helped = (tried: Map<string, Tried>): readonly string[] => [...tried].filter(([, { verdict }]) => verdict === 'helped').map(([kind]) => kind);

describe('recall at lag 60 with a tanh RNN, which vanishes', () => {
  it(
    'is learned by an LSTM and by a GRU of the same budget, better than before from an identity start; an orthogonal one fades less',
    { timeout: 3 * MINUTE },
    async () => {
      const template = scenarioProject('recall-rnn');
      const project: Project = { ...template, data: { ...template.data!, options: { ...template.data!.options, lag: 60 } } };
      const before = await train(project, 600);
      expect(before.verdict).toBe('vanishing');
      expect(before.loss, 'guessing').toBeCloseTo(Math.log(8), 1);
      const tried = await tryAll(project, 'vanishing', before, 600);
      expect(helped(tried)).toEqual(expect.arrayContaining(['lstm', 'gru', 'identity']));
      for (const kind of ['lstm', 'gru'] as const) {
        const { after, better } = tried.get(kind)!;
        expect(better, kind).toMatchObject({ factor: true, loss: true });
        expect(after.verdict, kind).toBe('healthy');
        expect(after.loss, kind).toBeLessThan(0.5);
      }
      expect(tried.get('identity')!.after.loss).toBeLessThan(1.9);
      expect(tried.get('orthogonal')).toMatchObject({ better: { factor: true }, asPredicted: true });
    },
  );
});

describe('the adding problem with a ReLU RNN of spectral radius 1.5 and no clipping, which explodes', () => {
  it(
    'learns by clipping and by a GRU of the same budget; stays finite as an LSTM, by smaller steps and by a shorter window',
    { timeout: 3 * MINUTE },
    async () => {
      const template = scenarioProject('exploding');
      const graph = setParam(setParam(template.graph, rnn1, 'recurrentInit', 'spectral'), rnn1, 'spectralRadius', 1.5);
      const project: Project = { ...template, graph };
      const before = await train(project, 1000);
      expect(before.stopped).toMatch(/ of /);
      expect(before.step).toBeLessThan(1000);
      expect(before.verdict).toBe('exploding');
      const tried = await tryAll(project, 'exploding', before, before.step);
      expect(helped(tried)).toEqual(expect.arrayContaining(['clip', 'learning-rate', 'window', 'lstm', 'gru']));
      for (const kind of ['clip', 'gru'] as const) {
        expect(tried.get(kind)!.after.verdict, kind).toBe('healthy');
        expect(tried.get(kind)!.after.loss, kind).toBeLessThan(0.5);
      }
      for (const kind of ['learning-rate', 'window', 'lstm'] as const) {
        expect(tried.get(kind)!.after.stopped, kind).toBeNull();
        expect(tried.get(kind)!.after.loss, kind).toBeLessThan(1.5);
        expect(tried.get(kind)!.better.norm, kind).toBe(true);
      }
    },
  );
});
