import type { Scenario, ScenarioShape } from '../../src-engine/scenarios/scenario.ts';

export const shapeNames: Readonly<Record<ScenarioShape, string>> = {
  'one-to-one': 'One to one',
  'one-to-many': 'One to many',
  'many-to-one': 'Many to one',
  'many-to-many': 'Many to many',
  'encoder-decoder': 'Encoder and decoder',
};

/** The shapes there is a template of, in the order of the lecture. */
export function shapesOf(scenarios: readonly Scenario[]): readonly ScenarioShape[] {
  const present = new Set(scenarios.map((scenario) => scenario.shape));
  const order: readonly ScenarioShape[] = ['one-to-one', 'one-to-many', 'many-to-one', 'many-to-many', 'encoder-decoder'];
  return order.filter((shape) => present.has(shape));
}

/** `45 s`, `3 min`. */
export function durationText(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
