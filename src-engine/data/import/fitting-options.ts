import type { ImportFormat, ImportOptions, ImportTask } from '../../document/data/import-options.ts';
import { problem, ProblemError } from '../../document/problems.ts';

const FORECAST = ['window', 'horizon', 'stride'] as const;
const TEXT = ['unit', 'vocabulary', 'length', 'vectors', 'vectorsHash'] as const;
const CSV = ['delimiter', 'header'] as const;

type Decided = ImportOptions & { readonly format: ImportFormat; readonly task: ImportTask };

/** Options that play no role for this task and format. */
function idleOptions(options: Decided, readsText: boolean): readonly (keyof ImportOptions)[] {
  const idle = [...(options.task === 'forecast' ? [] : FORECAST), ...(readsText ? [] : TEXT), ...(options.format === 'csv' ? [] : CSV)];
  return idle.filter((key) => options[key] !== undefined);
}

/** The options without those that play no role: what is looked up again after a change of the task keeps nothing of the task before. */
export function fittingOptions<O extends Decided>(options: O, readsText: boolean): O {
  const idle = new Set<string>(idleOptions(options, readsText));
  return Object.fromEntries(Object.entries(options).filter(([key]) => !idle.has(key))) as O;
}

/** Throws ProblemError U004 for an option that a project gives and that plays no role. */
export function refuseIdle(options: Decided, readsText: boolean): void {
  const idle = idleOptions(options, readsText);
  if (idle.length === 0) return;
  throw new ProblemError(
    idle.map((key) => {
      const path = `data.options.${key}`;
      return problem('U004', `${path} plays no role for the task ${options.task} and the format ${options.format}.`, 'Remove the option, or change the task.', {
        path,
      });
    }),
  );
}
