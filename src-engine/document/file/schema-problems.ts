import type { z } from 'zod';
import type { Problem } from '../problems.ts';
import { problem } from '../problems.ts';
import type { JsonPath } from './read-json.ts';
import { pathText } from './read-json.ts';

const MAX_PROBLEMS = 20;
const MAX_SHOWN = 60;

/** U040 for training settings, U004 for everything else. The schemas' messages say what is expected. `root` stands before every path. */
export function schemaProblems(error: z.ZodError, value: unknown, root: JsonPath = []): readonly Problem[] {
  return error.issues.slice(0, MAX_PROBLEMS).map((issue) => {
    const path = pathText([...root, ...issue.path]);
    const found = valueAt(value, issue.path);
    const message = found === undefined ? `${path} is missing.` : `${path} is ${showValue(found)}.`;
    return problem(issue.path[0] === 'training' ? 'U040' : 'U004', message, `Give ${issue.message}.`, { path });
  });
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, key)) return undefined;
    const found: unknown = Reflect.get(inner, key);
    return found;
  }, value);
}

/** A value as a sentence shows it: short, and never a whole file. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
