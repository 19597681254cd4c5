import type { Scenario } from '../../src-engine/scenarios/scenario.ts';
import { findScenario, SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { misuse } from './arguments.ts';

/** The template of that id; throws ProblemError U050. */
export function findTemplate(id: string): Scenario {
  const found = findScenario(id);
  if (found !== null) return found;
  throw misuse(`There is no scenario "${id}".`, `The scenarios are ${SCENARIOS.map((scenario) => scenario.id).join(', ')}.`);
}
