import { initialValues } from '../compile/initial-values.ts';
import type { OpenedProject } from './open-project.ts';
import type { KeptWeights } from './protocol.ts';

/** What the run before leaves behind: its weights by name, what they were, and the data they were learnt from. */
export interface LeftWeights {
  readonly data: string;
  /** Shape and start of each. */
  readonly made: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Float32Array>;
}

export function leftWeights({ run, checked, project }: OpenedProject): LeftWeights {
  return { data: dataOf(project), made: madeOf(checked), values: run.readParameters() };
}

/**
 * Gives a run that has just been opened the weights of the one before, wherever name and shape are the same and they would start alike:
 * who chooses another start wants to see it. Other data means other tokens and columns: nothing is kept then. The optimiser starts empty, and a reset leads to the seed's first weights.
 */
export function keepWeights({ run, checked, project }: OpenedProject, left: LeftWeights): KeptWeights {
  const names = checked.parameters.map(({ name }) => name);
  const made = madeOf(checked);
  const sameData = dataOf(project) === left.data;
  const kept = names.filter((name) => sameData && made.get(name) === left.made.get(name));
  run.writeParameters(new Map(kept.flatMap((name) => [[name, left.values.get(name) ?? new Float32Array()] as const])));
  const here = new Set(kept);
  return { kept, fresh: names.filter((name) => !here.has(name)) };
}

function dataOf(project: OpenedProject['project']): string {
  return JSON.stringify([project.data?.source, project.data?.options]);
}

function madeOf(checked: OpenedProject['checked']): ReadonlyMap<string, string> {
  const starts = initialValues(checked);
  return new Map(
    checked.parameters.map(({ name, shape }) => {
      const start = starts.get(name);
      // A bias is drawn within a bound that follows from its weight's width: that the weight changed is no other choice for the bias.
      return [name, JSON.stringify([shape, shape.length === 1 && start?.kind === 'uniform' ? start.kind : start])];
    }),
  );
}
