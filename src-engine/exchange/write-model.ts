import { checkGraph } from '../document/check.ts';
import type { ParameterShape } from '../document/checked.ts';
import { isHeadKind, isInputKind } from '../document/node-kinds.ts';
import type { Graph } from '../document/project.ts';
import { projectValue } from '../document/file/serialize-project.ts';
import { toBase64, toNested } from './float-arrays.ts';
import type { ModelFile, StoredArray } from './model-file.ts';
import { MODEL_FORMAT, MODEL_VERSION } from './model-schema.ts';
import type { TrainedModel } from './trained-model.ts';

/** Text of a `.model.json` file; with `arrays` the weights as nested lists instead of base64. Throws where a parameter is not there. */
export function writeModel(model: TrainedModel, options: { readonly arrays: boolean }): string {
  const { project, signature } = model;
  const checked = checkGraph(project.graph, signature);
  if (!checked.ok) throw new Error(`a model of a graph with problems: ${checked.problems[0]?.message ?? ''}`);
  const file: Record<keyof ModelFile, unknown> = {
    format: MODEL_FORMAT,
    version: MODEL_VERSION,
    project: projectValue(project),
    signature: {
      inputs: [{ node: findEnd(project.graph, isInputKind), ...signature.input }],
      outputs: [{ node: findEnd(project.graph, isHeadKind), ...signature.output }],
      longest: signature.longest,
    },
    parameters: Object.fromEntries(checked.parameters.map((parameter) => [parameter.name, store(parameter, model, options.arrays)])),
    metrics: Object.fromEntries(Object.entries(model.metrics).map(([name, value]) => [name, finiteOrText(value)])),
    history: model.history,
  };
  return lineByLine(file);
}

function findEnd(graph: Graph, isEnd: (kind: string) => boolean): string {
  const node = graph.nodes.find((each) => isEnd(each.kind));
  if (node === undefined) throw new Error('a checked graph has an input and a head');
  return node.id;
}

function store(parameter: ParameterShape, model: TrainedModel, arrays: boolean): StoredArray {
  const { name, shape, gates } = parameter;
  const values = model.parameters.get(name);
  const size = shape.reduce((product, axis) => product * axis, 1);
  if (values?.length !== size) throw new Error(`${name} has ${values?.length ?? 'no'} numbers, expected ${size}`);
  return { shape, dtype: 'float32', ...(gates.length === 0 ? {} : { gates }), data: arrays ? toNested(values, shape) : toBase64(values) };
}

/** JSON has no NaN and no Infinity; formats.md writes them as strings. */
function finiteOrText(value: number | string | null): number | string | null {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** One line for each key and each parameter: small enough to look at, and no line for every number. */
function lineByLine(file: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(file).map(([key, value]) => {
    const text = key === 'parameters' && typeof value === 'object' && value !== null ? objectByLine(value) : JSON.stringify(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

function objectByLine(value: object): string {
  const lines = Object.entries(value).map(([key, each]) => `    ${JSON.stringify(key)}: ${JSON.stringify(each)}`);
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
}
