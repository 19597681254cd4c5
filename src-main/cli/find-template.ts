import type { Scenario } from '../../src-engine/scenarios/scenario.ts';
import { findScenario, SCENARIOS } from '../../src-engine/scenarios/scenarios.ts';
import { misuse } from './arguments.ts';
import { meant } from './nearest.ts';
import { fromData, isData } from './read-document.ts';

/** The template of that id; throws ProblemError U050. */
export function findTemplate(id: string): Scenario {
  const found = findScenario(id);
  if (found !== null) return found;
  if (isData(id)) throw misuse(`${id} is data, and no template.`, fromData(id));
  const titled = SCENARIOS.find(({ title }) => title.toLowerCase() === id.toLowerCase());
  const ids = SCENARIOS.map((scenario) => scenario.id);
  throw misuse(`There is no scenario "${id}".${titled === undefined ? meant(id, ids) : ` Is ${titled.id} meant?`}`, `The scenarios are ${ids.join(', ')}.`);
}
