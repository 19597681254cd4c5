import { projectJsonSchema } from '../../../src-engine/document/file/json-schema.ts';
import { misuse } from '../arguments.ts';
import { meant } from '../nearest.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The project with `training.path=value` applied. The value is JSON, or text where it is not JSON. Throws ProblemError U050 for
 * a path that is no training setting, so that a misspelt one is not silently without effect; bounds are the parser's business.
 */
export function setTraining(project: unknown, assignment: string): unknown {
  const [path, text] = splitAssignment(assignment);
  const known = trainingPaths();
  if (!known.includes(path)) throw misuse(`--set knows no "${path}".${meant(path, known)}`, `It can set ${known.join(', ')}.`);
  return setPath(project, path.split('.'), parseValue(text));
}

/** Every path that `--set` takes, e.g. `training.optimizer.learningRate`; read off the schema of project files. */
function trainingPaths(): readonly string[] {
  const properties = fieldsOf(projectJsonSchema())['properties'];
  return pathsUnder('training', fieldsOf(properties)['training']).slice(1);
}

function splitAssignment(assignment: string): readonly [string, string] {
  const at = assignment.indexOf('=');
  if (at > 0) return [assignment.slice(0, at).trim(), assignment.slice(at + 1)];
  throw misuse(`--set "${assignment}" is not of the form path=value.`, 'Write e.g. --set training.optimizer.learningRate=0.01.');
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The path itself and all below it, over the alternatives of a union. */
function pathsUnder(path: string, schema: unknown): readonly string[] {
  const { properties, anyOf, oneOf } = fieldsOf(schema);
  const own = Object.entries(fieldsOf(properties)).flatMap(([name, inner]) => pathsUnder(`${path}.${name}`, inner));
  const alternatives = [anyOf, oneOf].flatMap((each): readonly unknown[] => (Array.isArray(each) ? each : [])).flatMap((each) => pathsUnder(path, each));
  return [...new Set([path, ...own, ...alternatives])];
}

function setPath(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  const fields = fieldsOf(value);
  return { ...fields, [key]: setPath(fields[key], rest, replacement) };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
