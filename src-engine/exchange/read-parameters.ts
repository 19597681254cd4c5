import type { ParameterShape } from '../document/checked.ts';
import type { Problem } from '../document/problems.ts';
import { problem } from '../document/problems.ts';
import { fromBase64, fromNested } from './float-arrays.ts';
import type { ParsedModel } from './model-schema.ts';

type Stored = ParsedModel['parameters'][string];

export interface ReadParameters {
  readonly parameters: ReadonlyMap<string, Float32Array>;
  readonly problems: readonly Problem[];
}

/** The arrays of a model file against what the graph asks for: U043 for names and shapes, U042 for damaged data. */
export function readParameters(stored: ParsedModel['parameters'], expected: readonly ParameterShape[]): ReadParameters {
  const parameters = new Map<string, Float32Array>();
  const problems: Problem[] = [];
  for (const parameter of expected) {
    const file = Object.hasOwn(stored, parameter.name) ? stored[parameter.name] : undefined;
    const values = file === undefined ? missing(parameter) : readArray(file, parameter);
    if (values instanceof Float32Array) parameters.set(parameter.name, values);
    else problems.push(values);
  }
  const wanted = new Set(expected.map((parameter) => parameter.name));
  for (const [name, file] of Object.entries(stored)) if (!wanted.has(name)) problems.push(extra(name, file));
  return { parameters, problems };
}

function missing(parameter: ParameterShape): Problem {
  return problem('U043', `The file lacks ${parameter.name}, which is ${parameter.shape.join(' x ')}.`, 'Export the model again, or add the array.', {
    path: placeOf(parameter.name).path,
    node: parameter.node,
  });
}

function extra(name: string, file: Stored): Problem {
  return problem(
    'U043',
    `The file holds ${name} (${file.shape.join(' x ')}), which no node of the project owns.`,
    'Remove it, or correct its name.',
    placeOf(name),
  );
}

function placeOf(name: string): { readonly path: string } {
  return { path: `parameters[${JSON.stringify(name)}]` };
}

function readArray(file: Stored, parameter: ParameterShape): Float32Array | Problem {
  const { name, shape, gates, node } = parameter;
  const place = { ...placeOf(name), node };
  if (file.shape.join() !== shape.join()) {
    return problem(
      'U043',
      `${name} is ${file.shape.join(' x ')} in the file and ${shape.join(' x ')} in the graph.`,
      'Use the project this model was trained with.',
      place,
    );
  }
  if (gates.length > 0 && file.gates !== undefined && file.gates.length > 0 && file.gates.join() !== gates.join()) {
    return problem(
      'U043',
      `${name} has its gates in the order ${file.gates.join(', ')}; ${gates.join(', ')} is expected.`,
      'Reorder the blocks of rows.',
      place,
    );
  }
  const values = typeof file.data === 'string' ? decode(file.data, shape) : fromNested(file.data, shape);
  if (typeof values === 'string') return problem('U042', `${name} is damaged: ${values}.`, 'Export the model again.', place);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return values;
  return problem('U042', `${name} holds ${values[bad] ?? NaN} at number ${bad}, and float32 weights must be finite.`, 'Export the model again.', place);
}

function decode(text: string, shape: readonly number[]): Float32Array | string {
  const values = fromBase64(text);
  if (values === null) return 'its data is not base64 of float32 numbers';
  const size = shape.reduce((product, axis) => product * axis, 1);
  return values.length === size ? values : `it holds ${values.length} numbers where its shape ${shape.join(' x ')} says ${size}`;
}
