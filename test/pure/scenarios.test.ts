import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src-engine/data/load-dataset.ts';
import { checkGraph } from '../../src-engine/document/check.ts';
import { replaceKind } from '../../src-engine/document/edits.ts';
import { parseProject } from '../../src-engine/document/file/parse-project.ts';
import { serializeProject } from '../../src-engine/document/file/serialize-project.ts';
import { findScenario, SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { placeNodes } from '../../src-renderer/canvas/layout/place-nodes.ts';
import { assets } from './data-builders.ts';
import { id } from './document-builders.ts';

describe.each(SCENARIOS)('the template $id', ({ project }) => {
  it('has no problem and no hint on its data', async () => {
    const { graph, data } = project();
    const { signature } = await loadDataset(data!, assets);
    const checked = checkGraph(graph, signature);
    expect([checked.problems, checked.hints]).toEqual([[], []]);
  });

  it('is a project that is the same after saving and opening', () => {
    const parsed = parseProject(serializeProject(project()));
    expect(parsed).toEqual({ ok: true, project: project(), warnings: [] });
  });

  it('lies from left to right, no node over another, room for a shape on every wire', () => {
    const { graph } = project();
    const places = placeNodes(graph);
    const top = graph.nodes.filter((each) => each.parent === undefined).map((each) => places.get(each.id)!);
    for (const [place, one] of top.entries()) {
      for (const other of top.slice(place + 1)) {
        const apart =
          one.left + one.width <= other.left ||
          other.left + other.width <= one.left ||
          one.top + one.height <= other.top ||
          other.top + other.height <= one.top;
        expect(apart).toBe(true);
      }
    }
    for (const { from, to } of graph.wires) {
      const [source, target] = [places.get(from.node)!, places.get(to.node)!];
      expect(target.left - (source.left + source.width)).toBeGreaterThanOrEqual(34);
    }
  });
});

it('the names template stays sound when its RNN is swapped for an LSTM', async () => {
  const { graph, data } = findScenario('names')!.project();
  const { signature } = await loadDataset(data!, assets);
  expect(checkGraph(replaceKind(graph, id('rnn1'), 'lstm'), signature).ok).toBe(true);
});

it('templates are found by id, each by its own', () => {
  expect(SCENARIOS.map((scenario) => findScenario(scenario.id))).toEqual(SCENARIOS);
  expect(findScenario('toString')).toBeNull();
});
