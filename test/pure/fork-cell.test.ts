import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { findNode, setParam } from '../../src-engine/document/edits.ts';
import { cellForks } from '../../src-engine/document/remedies/fork-cell.ts';
import { parameterCount } from '../../src-engine/document/remedies/parameter-budget.ts';
import type { Project } from '../../src-engine/document/project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { findScenario } from '../../src-engine/scenarios/scenarios.ts';

function scenario(id: string): Project {
  return findScenario(id)!.project();
}

const letters = Array.from({ length: 30 }, (_, index) => String.fromCharCode(97 + index));
const spelling: DataSignature = {
  input: { kind: 'tokens', unit: 'character', vocabulary: letters },
  output: { kind: 'classes', classes: ['girl', 'boy'], perStep: false },
  longest: 12,
};
const translating: DataSignature = {
  input: { kind: 'tokens', unit: 'character', vocabulary: letters },
  output: { kind: 'classes', classes: letters, perStep: true, ownSteps: 10 },
  longest: 12,
};
const adding: DataSignature = {
  input: { kind: 'features', width: 2, columns: ['number', 'mark'], normalisation: null },
  output: { kind: 'numbers', width: 1, columns: ['sum'], normalisation: null, perStep: false },
  longest: 60,
};

const cells = (project: Project) => project.graph.nodes.filter(({ kind }) => ['rnn', 'gru', 'lstm', 'decoder'].includes(kind));

describe('a fork to another cell', () => {
  it.each([
    ['names', spelling],
    ['exploding', adding],
    ['sentiment', { ...spelling, input: { kind: 'tokens', unit: 'word', vocabulary: letters } }],
    ['addition', translating],
    ['dates', translating],
  ] as const)('of %s has the parameters there were, within what one hidden unit more or less changes', (id, signature) => {
    const project = scenario(id);
    const forks = cellForks(project, signature);
    expect(forks.length).toBeGreaterThanOrEqual(2);
    for (const fork of forks) {
      expect(fork.budget).toBe(parameterCount(project.graph, signature));
      expect(fork.parameters).toBe(parameterCount(fork.project.graph, signature));
      const [first] = cells(fork.project);
      const all = cells(fork.project).map(({ id: node }) => node);
      const larger = all.reduce((graph, node) => setParam(graph, node, 'units', Number(findNode(graph, node).params['units']) + 1), fork.project.graph);
      const unit = Math.abs((parameterCount(larger, signature) ?? 0) - fork.parameters);
      expect(Math.abs(fork.parameters - fork.budget), `${fork.label} of ${String(first?.params['units'])} units`).toBeLessThan(unit);
      expect(checkGraph(fork.project.graph, signature).ok).toBe(true);
    }
  });

  it('keeps data, seed and every setting, and changes nothing but the cells', () => {
    const project = scenario('names');
    const [fork] = cellForks(project, spelling).filter(({ kind }) => kind === 'lstm');
    expect(fork?.label).toBe('Fork as LSTM');
    expect(fork?.project.training).toEqual(project.training);
    expect(fork?.project.data).toEqual(project.data);
    expect(fork?.project.graph.wires).toEqual(project.graph.wires);
    expect(fork?.project.graph.nodes.filter(({ kind }) => kind !== 'lstm')).toEqual(project.graph.nodes.filter(({ kind }) => kind !== 'rnn'));
  });

  it('is none of the kind it is, of a model without a cell, and of one that cannot be checked', () => {
    expect(cellForks(scenario('names'), spelling).map(({ kind }) => kind)).toEqual(['gru', 'lstm']);
    const project = scenario('names');
    expect(cellForks({ ...project, graph: { ...project.graph, wires: [] } }, spelling)).toEqual([]);
    expect(cellForks(project, null)).toEqual([]);
  });
});
