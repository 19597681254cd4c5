import { forecast } from './forecast.ts';
import { names } from './names.ts';
import type { Scenario } from './scenario.ts';
import { sentiment } from './sentiment.ts';

/** The templates, in the order of the gallery. */
export const SCENARIOS: readonly Scenario[] = [names, sentiment, forecast];

export function findScenario(id: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.id === id) ?? null;
}
