import type { OpenedProject } from './open-project.ts';

/** Which parameters of a project that was opened anew have the values of the run before, and which start from the seed, by name. */
export interface KeptWeights {
  readonly kept: readonly string[];
  readonly fresh: readonly string[];
}

/** What the run before leaves behind: its weights by name, their shapes, and the data they were learnt from. */
export interface LeftWeights {
  readonly data: string;
  readonly shapes: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, Float32Array>;
}

export function leftWeights({ run, checked, project }: OpenedProject): LeftWeights {
  return { data: dataOf(project), shapes: shapesOf(checked), values: run.readParameters() };
}

/**
 * Gives a run that has just been opened the weights of the one before, wherever name and shape are the same. Other data means other
 * tokens and columns: nothing is kept then. The optimiser starts empty, and a reset leads to the seed's first weights.
 */
export function keepWeights({ run, checked, project }: OpenedProject, left: LeftWeights): KeptWeights {
  const names = checked.parameters.map(({ name }) => name);
  const shapes = shapesOf(checked);
  const sameData = dataOf(project) === left.data;
  const kept = names.filter((name) => sameData && shapes.get(name) === left.shapes.get(name));
  run.writeParameters(new Map(kept.flatMap((name) => [[name, left.values.get(name) ?? new Float32Array()] as const])));
  const here = new Set(kept);
  return { kept, fresh: names.filter((name) => !here.has(name)) };
}

function dataOf(project: OpenedProject['project']): string {
  return JSON.stringify([project.data?.source, project.data?.options]);
}

function shapesOf(checked: OpenedProject['checked']): ReadonlyMap<string, string> {
  return new Map(checked.parameters.map(({ name, shape }) => [name, shape.join(' ')]));
}
