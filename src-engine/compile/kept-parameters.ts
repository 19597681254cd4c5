import type { CheckedGraph } from '../document/checked.ts';
import type { Project } from '../document/project.ts';
import { initialValues } from './initial-values.ts';

/** Shape and start of each parameter, by name: weights are kept where both are as they were, since who chooses another start wants to see it. */
export function madeOf(checked: CheckedGraph): ReadonlyMap<string, string> {
  const starts = initialValues(checked);
  return new Map(
    checked.parameters.map(({ name, shape }) => {
      const start = starts.get(name);
      // A bias is drawn within a bound that follows from its weight's width: that the weight changed is no other choice for the bias.
      return [name, JSON.stringify([shape, shape.length === 1 && start?.kind === 'uniform' ? start.kind : start])];
    }),
  );
}

/** What the weights are learnt from: other data means other tokens and columns, for which none are kept. */
export function learntFrom({ data }: Project): string {
  return JSON.stringify([data?.source, data?.options]);
}
