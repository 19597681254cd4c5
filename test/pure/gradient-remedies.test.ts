import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { findNode, setParam } from '../../src-engine/document/edits.ts';
import { gradientRemedies, type GradientRemedy } from '../../src-engine/document/gradient-remedies.ts';
import { parameterCount, withinBudget } from '../../src-engine/document/parameter-budget.ts';
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
  it('for a vanishing gradient swap the cell at the same budget, or start orthogonal', () => {
    const remedies = gradientRemedies(uniform, rnn1, adding, 'vanishing');
    expect(kinds(remedies)).toEqual(['lstm', 'gru', 'orthogonal']);
    const before = parameterCount(uniform.graph, adding)!;
    for (const { project: changed, kind } of remedies) {
      expect(checkGraph(changed.graph, adding).problems).toEqual([]);
      const after = parameterCount(changed.graph, adding)!;
      expect(Math.abs(after - before) / before, kind).toBeLessThan(0.05);
    }
    expect(findNode(remedies[0]!.project.graph, rnn1)).toMatchObject({ kind: 'lstm', params: { forgetBias: 4.1 } });
  });

  it('for an exploding one clip, start orthogonal or shorten the window', () => {
    const remedies = gradientRemedies(uniform, rnn1, adding, 'exploding');
    expect(kinds(remedies)).toEqual(['clip', 'orthogonal', 'window', 'lstm', 'gru']);
    expect(remedies[0]?.project.training.clip).toEqual({ kind: 'norm', max: 1 });
    expect(remedies[2]?.project.training.bptt).toEqual({ mode: 'truncated', window: 30, reduce: 'sum' });
    const [, , shorter] = gradientRemedies(remedies[2]!.project, rnn1, adding, 'exploding');
    expect(shorter?.label).toBe('Window of 15 steps');
  });

  it('change one thing and leave the rest as it was', () => {
    for (const { project: changed, kind } of gradientRemedies(uniform, rnn1, adding, 'exploding')) {
      expect(changed.data).toBe(uniform.data);
      if (kind === 'clip' || kind === 'window') expect(changed.graph).toBe(uniform.graph);
      else expect(changed.training).toBe(uniform.training);
      expect(changed.graph.wires).toEqual(uniform.graph.wires);
    }
  });

  it('leave out what is there already, and what the model cannot do', () => {
    expect(kinds(gradientRemedies(project, rnn1, adding, 'vanishing'))).toEqual(['lstm', 'gru']);
    const sentiment = scenario('sentiment');
    const gru = sentiment.graph.nodes.find(({ kind }) => kind === 'gru')!;
    expect(kinds(gradientRemedies(sentiment, gru.id, null, 'exploding'))).not.toContain('window');
    expect(gradientRemedies(project, 'numbers' as NodeId, adding, 'vanishing')).toEqual([]);
    expect(gradientRemedies(project, 'gone' as NodeId, adding, 'vanishing')).toEqual([]);
  });
});
