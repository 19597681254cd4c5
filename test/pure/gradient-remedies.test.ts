import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { findNode, setParam } from '../../src-engine/document/edits.ts';
import { gradientRemedies, type GradientRemedy } from '../../src-engine/document/remedies/gradient-remedies.ts';
import { judgeRemedy, type RunMeasure } from '../../src-engine/document/remedies/judge-remedy.ts';
import { parameterCount, withinBudget } from '../../src-engine/document/remedies/parameter-budget.ts';
import type { NodeId, Project } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';

const rnn1 = 'rnn1' as NodeId;

function scenario(id: string): Project {
  const found = findScenario(id);
  if (found === null) throw new Error(`no scenario ${id}`);
  return found.project();
}

const adding: DataSignature = {
  input: { kind: 'features', width: 2, columns: ['number', 'mark'], normalisation: null },
  output: { kind: 'numbers', width: 1, columns: ['sum'], normalisation: null, perStep: false },
  longest: 60,
};

const project = scenario('exploding');
const uniform: Project = { ...project, graph: setParam(project.graph, rnn1, 'recurrentInit', 'uniform') };

const kinds = (remedies: readonly GradientRemedy[]): readonly string[] => remedies.map(({ kind }) => kind);

describe('the hidden size within a budget', () => {
  it.each([100, 1000, 5000, 123_456])('brings the model nearest to %i parameters', (budget) => {
    const solved = withinBudget(project.graph, rnn1, budget, adding)!;
    const units = Number(findNode(solved, rnn1).params['units']);
    const miss = (size: number): number => Math.abs(parameterCount(setParam(project.graph, rnn1, 'units', size), adding)! - budget);
    for (const other of [units - 2, units - 1, units + 1, units + 2]) if (other >= 1) expect(miss(units)).toBeLessThanOrEqual(miss(other));
  });

  it('is none where the graph has problems of its own', () => {
    expect(withinBudget({ ...project.graph, wires: [] }, rnn1, 1000, adding)).toBeNull();
  });
});

describe('remedies', () => {
  it('for a vanishing gradient swap the cell at the same budget, or start otherwise', () => {
    const remedies = gradientRemedies(uniform, rnn1, adding, 'vanishing');
    expect(kinds(remedies)).toEqual(['lstm', 'gru', 'orthogonal', 'identity']);
    const before = parameterCount(uniform.graph, adding)!;
    for (const { project: changed, kind } of remedies) {
      expect(checkGraph(changed.graph, adding).problems).toEqual([]);
      const after = parameterCount(changed.graph, adding)!;
      expect(Math.abs(after - before) / before, kind).toBeLessThan(0.05);
    }
    expect(findNode(remedies[0]!.project.graph, rnn1)).toMatchObject({ kind: 'lstm', params: { forgetBias: 4.1 } });
    expect(findNode(remedies[1]!.project.graph, rnn1)).toMatchObject({ kind: 'gru', params: { updateBias: 4.1 } });
    expect(findNode(remedies[3]!.project.graph, rnn1)).toMatchObject({ kind: 'rnn', params: { activation: 'relu', recurrentInit: 'identity' } });
  });

  it('of a GRU or LSTM open the gate that keeps the state, as far as the sequences are long', () => {
    const [lstm, gru] = gradientRemedies(uniform, rnn1, adding, 'vanishing').map(({ project: changed }) => changed);
    const shut = { ...lstm!, graph: setParam(lstm!.graph, rnn1, 'forgetBias', 0) };
    const [first] = gradientRemedies(shut, rnn1, adding, 'vanishing');
    expect(first).toMatchObject({ kind: 'gate-bias', label: 'Forget bias 4.1', predicts: { number: 'factor' } });
    expect(findNode(first!.project.graph, rnn1).params['forgetBias']).toBe(4.1);
    expect(kinds(gradientRemedies(lstm!, rnn1, adding, 'vanishing'))).toEqual(['orthogonal']);
    const plain = { ...gru!, graph: setParam(gru!.graph, rnn1, 'updateBias', 0) };
    expect(kinds(gradientRemedies(plain, rnn1, adding, 'vanishing'))).toEqual(['gate-bias', 'lstm', 'orthogonal']);
  });

  it('for an exploding one clip, start orthogonal, learn slower or shorten the window', () => {
    const remedies = gradientRemedies(uniform, rnn1, adding, 'exploding');
    expect(kinds(remedies)).toEqual(['clip', 'orthogonal', 'learning-rate', 'window', 'lstm', 'gru']);
    expect(remedies[0]?.project.training.clip).toEqual({ kind: 'norm', max: 1 });
    expect(remedies[2]).toMatchObject({
      label: 'Learning rate 0.002',
      project: { training: { optimizer: { kind: 'sgd', learningRate: 0.002, momentum: 0.9 } } },
    });
    expect(remedies[3]?.project.training.bptt).toEqual({ mode: 'truncated', window: 30, reduce: 'sum' });
    const shorter = gradientRemedies(remedies[3]!.project, rnn1, adding, 'exploding').find(({ kind }) => kind === 'window');
    expect(shorter?.label).toBe('Window of 15 steps');
  });

  it('change one thing and leave the rest as it was', () => {
    for (const { project: changed, kind } of gradientRemedies(uniform, rnn1, adding, 'exploding')) {
      expect(changed.data).toBe(uniform.data);
      if (kind === 'clip' || kind === 'window' || kind === 'learning-rate') expect(changed.graph).toBe(uniform.graph);
      else expect(changed.training).toBe(uniform.training);
      expect(changed.graph.wires).toEqual(uniform.graph.wires);
    }
  });

  it('leave out what is there already, and what the model cannot do', () => {
    expect(kinds(gradientRemedies(project, rnn1, adding, 'vanishing'))).toEqual(['lstm', 'gru', 'identity']);
    const irnn = { ...project, graph: setParam(project.graph, rnn1, 'recurrentInit', 'identity') };
    expect(kinds(gradientRemedies(irnn, rnn1, adding, 'vanishing'))).toEqual(['lstm', 'gru', 'orthogonal']);
    const sentiment = scenario('sentiment');
    const gru = sentiment.graph.nodes.find(({ kind }) => kind === 'gru')!;
    expect(kinds(gradientRemedies(sentiment, gru.id, null, 'exploding'))).not.toContain('window');
    expect(gradientRemedies(project, 'numbers' as NodeId, adding, 'vanishing')).toEqual([]);
    expect(gradientRemedies(project, 'gone' as NodeId, adding, 'vanishing')).toEqual([]);
  });
});

describe('a remedy is judged by the number that it predicts, and by the loss', () => {
  const before: RunMeasure = { step: 300, factor: 0.71, loss: 0.69, norm: 2 };

  it('which both have to be better', () => {
    expect(judgeRemedy('factor', before, { ...before, factor: 0.99, loss: 0.21 })).toMatchObject({ verdict: 'helped', asPredicted: true });
    expect(judgeRemedy('factor', before, { ...before, factor: 0.95 })).toMatchObject({ verdict: 'mixed', asPredicted: true });
    expect(judgeRemedy('factor', before, { ...before, factor: 0.4, loss: 0.3 })).toMatchObject({ verdict: 'mixed', asPredicted: false });
    expect(judgeRemedy('factor', before, { ...before, factor: 1.6, loss: 0.9 }).verdict).toBe('not');
    expect(judgeRemedy('loss', before, { ...before, factor: 0.4, loss: 0.3 }).verdict).toBe('helped');
    expect(judgeRemedy('norm', before, { ...before, norm: 1, loss: 0.3 }).better).toEqual({ factor: false, loss: true, norm: true });
  });

  it('a change too small to note is none', () => {
    expect(judgeRemedy('loss', before, { ...before, loss: 0.685 }).verdict).toBe('not');
    expect(judgeRemedy('norm', before, { ...before, norm: 1.99 }).asPredicted).toBe(false);
  });

  it('a number that is finite again is better, a run that ended before no help', () => {
    const exploded: RunMeasure = { step: 600, factor: 1.3, loss: Number.NaN, norm: Number.POSITIVE_INFINITY };
    expect(judgeRemedy('loss', exploded, { step: 600, factor: 1.02, loss: 0.13, norm: 9 })).toMatchObject({
      verdict: 'helped',
      better: { factor: true, loss: true, norm: true },
    });
    expect(judgeRemedy('loss', exploded, { step: 90, factor: 1.02, loss: Number.NaN, norm: Number.NaN }).verdict).toBe('not');
    expect(judgeRemedy('factor', { ...exploded, factor: null }, { ...exploded, factor: 1.1 }).better.factor).toBe(true);
  });
});
