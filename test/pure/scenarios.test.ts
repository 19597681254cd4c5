import { describe, expect, it } from 'vitest';
import { checkGraph } from '../../src-engine/document/check.ts';
import { replaceKind } from '../../src-engine/document/edits.ts';
import { parseProject } from '../../src-engine/document/parse-project.ts';
import { serializeProject } from '../../src-engine/document/serialize-project.ts';
import type { DataSignature } from '../../src-engine/document/signature.ts';
import { findScenario, SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { id, WORDS } from './document-builders.ts';

const SIGNATURES: Readonly<Record<string, DataSignature>> = {
  sentiment: WORDS,
  names: { ...WORDS, input: { kind: 'tokens', unit: 'character', vocabulary: ['<unk>', 'a', 'b'] } },
  forecast: {
    input: { kind: 'features', width: 1, columns: ['co2'], normalisation: null },
    output: { kind: 'numbers', width: 1, columns: ['co2'], normalisation: null, perStep: false },
    longest: 24,
  },
};

describe.each(SCENARIOS)('the template $id', ({ id: name, project }) => {
  it('has no problem and no hint on its data', () => {
    const checked = checkGraph(project().graph, SIGNATURES[name] ?? null);
    expect([checked.problems, checked.hints]).toEqual([[], []]);
  });

  it('is a project that is the same after saving and opening', () => {
    const parsed = parseProject(serializeProject(project()));
    expect(parsed).toEqual({ ok: true, project: project(), warnings: [] });
  });

  it('lies from left to right, no node over another', () => {
    const top = project().graph.nodes.filter((each) => each.parent === undefined);
    const columns = top.map((each) => each.position?.x ?? NaN);
    for (const [place, x] of columns.slice(1).entries()) expect(x - (columns[place] ?? NaN)).toBeGreaterThanOrEqual(178);
  });
});

it('the names template stays sound when its RNN is swapped for an LSTM', () => {
  const scenario = findScenario('names');
  const swapped = replaceKind(scenario!.project().graph, id('rnn1'), 'lstm');
  expect(checkGraph(swapped, SIGNATURES['names'] ?? null).ok).toBe(true);
});

it('templates are found by id', () => {
  expect(SCENARIOS.map((scenario) => findScenario(scenario.id)?.title)).toEqual(['Names', 'Sentiment', 'Forecast']);
  expect(findScenario('toString')).toBeNull();
});
