import { z } from 'zod';
import { problem, ProblemError } from '../document/problems.ts';
import type { DataSpec } from '../document/project.ts';

/** The options of a data set, checked and completed with their defaults; throws U004 with the place of each that is wrong or unknown. */
export function parseOptions<T>(spec: DataSpec, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(spec.options);
  if (parsed.success) return parsed.data;
  throw new ProblemError(parsed.error.issues.flatMap((issue) => optionProblems(spec, schema, issue)));
}

function optionProblems({ source, options }: DataSpec, schema: z.ZodType, issue: z.core.$ZodIssue) {
  if (issue.code === 'unrecognized_keys') {
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    const fix = known.length === 0 ? 'Remove it.' : `Remove it, or choose one of ${known.join(', ')}.`;
    return issue.keys.map((key) => problem('U004', `The data set ${source} has no option "${key}".`, fix, { path: `data.options.${key}` }));
  }
  const name = issue.path.join('.');
  const value = options[name];
  return [
    problem('U004', `The option ${name} is ${value === undefined ? 'missing' : JSON.stringify(value)}.`, wanted(issue), { path: `data.options.${name}` }),
  ];
}

const TYPES: Readonly<Record<string, string>> = { number: 'a number', int: 'a whole number', boolean: 'true or false', string: 'a text' };

/** What the option takes, as a request. */
function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Give ${TYPES[issue.expected] ?? 'a value that it allows'}.`;
    case 'invalid_value':
      return `Give one of ${issue.values.join(', ')}.`;
    case 'too_small':
      return `Give at least ${String(issue.minimum)}.`;
    case 'too_big':
      return `Give at most ${String(issue.maximum)}.`;
    case 'invalid_format':
    case 'custom':
      return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`;
    default:
      return 'Choose a value the option allows.';
  }
}
