import type { z } from 'zod';
import { problem, ProblemError } from '../document/problems.ts';
import type { DataSpec } from '../document/project.ts';

/** The options of a data set, checked and completed with their defaults; throws U004 with the place of each that is wrong or unknown. */
export function parseOptions<T>(spec: DataSpec, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(spec.options);
  if (parsed.success) return parsed.data;
  throw new ProblemError(parsed.error.issues.flatMap((issue) => optionProblems(spec.source, issue)));
}

function optionProblems(source: string, issue: z.core.$ZodIssue) {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      problem('U004', `The data set ${source} has no option "${key}".`, 'Remove the option or correct its name.', { path: `data.options.${key}` }),
    );
  }
  const path = ['data', 'options', ...issue.path].join('.');
  return [problem('U004', `${path} does not fit: ${issue.message}.`, 'Choose a value the option allows.', { path })];
}
