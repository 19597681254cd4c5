import { learntFrom, madeOf } from '../../compile/kept-parameters.ts';
import type { OpenedProject } from '../open-project.ts';
import type { KeptWeights } from '../protocol.ts';

/** What the run before leaves behind: its weights by name, what they were, and the data they were learnt from. */
export interface LeftWeights {
  readonly data: string;
  /** Shape and start of each. */
  readonly made: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Float32Array>;
}

export function leftWeights({ run, checked, project }: OpenedProject): LeftWeights {
  return { data: learntFrom(project), made: madeOf(checked), values: run.readParameters() };
}

/**
 * Gives a run that has just been opened the weights of the one before, wherever name, shape and start are the same;
 * none where the data is another. The optimiser starts empty, and a reset leads to the seed's first weights.
 */
export function keepWeights({ run, checked, project }: OpenedProject, left: LeftWeights): KeptWeights {
  const names = checked.parameters.map(({ name }) => name);
  const made = madeOf(checked);
  const sameData = learntFrom(project) === left.data;
  const kept = names.filter((name) => sameData && made.get(name) === left.made.get(name));
  run.writeParameters(new Map(kept.flatMap((name) => [[name, left.values.get(name) ?? new Float32Array()] as const])));
  const here = new Set(kept);
  return { kept, fresh: names.filter((name) => !here.has(name)) };
}
