import type { Scenario, ScenarioShape, ScenarioTopic } from '../../src-engine/scenarios/scenario.ts';

export const shapeNames: Readonly<Record<ScenarioShape, string>> = {
  'one-to-one': 'One to one',
  'one-to-many': 'One to many',
  'many-to-one': 'Many to one',
  'many-to-many': 'Many to many',
  'encoder-decoder': 'Encoder and decoder',
};

const topicNames: Readonly<Record<ScenarioTopic, string>> = { 'gradient-lab': 'Gradient lab', lessons: 'Lessons' };

/** Cards of one shape, of one topic, or all. */
export type ScenarioFilter = 'all' | ScenarioShape | ScenarioTopic;

const order: readonly ScenarioFilter[] = ['all', 'one-to-one', 'one-to-many', 'many-to-one', 'many-to-many', 'encoder-decoder', 'gradient-lab', 'lessons'];

const names: Readonly<Record<ScenarioFilter, string>> = { all: 'All', ...shapeNames, ...topicNames };

export function filterName(filter: ScenarioFilter): string {
  return names[filter];
}

function passes({ shape, topic }: Scenario, filter: ScenarioFilter): boolean {
  return filter === 'all' || shape === filter || topic === filter;
}

/** The filters that let something through, in the order of the lecture, each with how many cards it shows. */
export function filtersOf(scenarios: readonly Scenario[]): readonly { readonly filter: ScenarioFilter; readonly count: number }[] {
  return order.map((filter) => ({ filter, count: scenarios.filter((scenario) => passes(scenario, filter)).length })).filter(({ count }) => count > 0);
}

/** The cards that pass the filter and hold every word of the query somewhere in what they say. */
export function findScenarios(scenarios: readonly Scenario[], filter: ScenarioFilter, query: string): readonly Scenario[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  return scenarios.filter((scenario) => {
    if (!passes(scenario, filter)) return false;
    const { title, text, teaches, dataset, shape, topic } = scenario;
    const said = [title, text, teaches, dataset, shapeNames[shape], topic === undefined ? '' : topicNames[topic]].join(' ').toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** `45 s`, `3 min`. */
export function durationText(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
