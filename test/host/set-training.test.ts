import { describe, expect, it } from 'vitest';
import { parseProjectValue } from '../../src-engine/document/file/parse-project.ts';
import { names } from '../../src-engine/scenarios/names.ts';
import { setTraining } from '../../src-main/cli/training/set-training.ts';

const project = names.project();

function trained(assignment: string): unknown {
  const parsed = parseProjectValue(setTraining(project, assignment));
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.project.training;
}

describe('--set', () => {
  it.each([
    ['training.batchSize=8', { batchSize: 8 }],
    ['training.optimizer.learningRate=1e-3', { optimizer: { kind: 'adam', learningRate: 0.001 } }],
    ['training.optimizer.beta1=0.5', { optimizer: { beta1: 0.5 } }],
    ['training.bptt.reduce=mean', { bptt: { mode: 'full', reduce: 'mean' } }],
    ['training.bptt.window=20', { bptt: { mode: 'full', window: 20 } }],
    ['training.schedule.kind=cosine', { schedule: { kind: 'cosine' } }],
    ['training.schedule={"kind":"plateau","patience":3}', { schedule: { kind: 'plateau', patience: 3 } }],
    ['training.earlyStop.patience=4', { earlyStop: { patience: 4 } }],
    ['training.optimizer={"kind":"sgd","momentum":0.9}', { optimizer: { kind: 'sgd', learningRate: 0.1, momentum: 0.9 } }],
    ['training.clip={"kind":"none"}', { clip: { kind: 'none' } }],
    ['training.optimizer={"kind":"sgd","learningRate":0.1}', { optimizer: { kind: 'sgd', learningRate: 0.1 } }],
  ])('%s changes that and nothing else', (assignment, expected) => {
    expect(trained(assignment)).toMatchObject({ ...project.training, ...expected });
    expect(project).toEqual(names.project());
  });

  it.each(['training.batchsize=8', 'training=1', 'graph.nodes=[]', 'training.optimizer.lr=1', 'training.constructor=1', '=1', 'training.epochs'])(
    '%s is refused',
    (assignment) => {
      expect(() => setTraining(project, assignment)).toThrow(/U050/u);
    },
  );
});
